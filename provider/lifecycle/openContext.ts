import type { Account } from "../api/connect";
import { createAccountAdvice } from "./report/accountAdvice";
import { createAccountLook } from "./creation/accountLook";
import { openClaims } from "./journal/claims";
import { createUsersRead, type ProviderContext } from "./context";
import { journalFolder, openCreateJournals } from "./journal/createJournals";
import type { Frontend } from "./frontend";
import { followMissingUsers } from "./missingUsers";
import { createNameClaims } from "./creation/nameClaims";
import { followOwners, type Owners } from "./owners";
import { createRemovalOptions } from "./removals/removalOptions";
import { countRemovals } from "./removals/removals";
import { openRemovalStops } from "./removals/removalStops";
import type { Report } from "./report/report";
import { openRunRecord, type RunRecord } from "./journal/runRecord";
import { createSpentAdoptions } from "./spentAdoptions";

/** What a process of the engine's run brings. */
export interface ContextOptions {
  frontend: Frontend;
  report: Report;
  /** The account. Throws a sentence when its settings cannot be read. */
  account(): Account;
  /** Whether the account is that of the stack's configuration, and not of a provider that the program makes. */
  isStackAccount?(): boolean;
  /** The address of the engine, known before the first request about a resource. */
  engine(): string | undefined;
}

/** What the provider works with in one process. Nothing is read or written before the first request. */
export function openContext(options: ContextOptions): ProviderContext {
  const { frontend, report, account, isStackAccount = () => true, engine } = options;
  let record: RunRecord | undefined;
  let owners: Owners | undefined;
  const recordOfRun = (): RunRecord => (record ??= openRunRecord(engine()));
  const setting = (): string | undefined => account().journal;
  const warn = (sentence: string): void => void report.warning(undefined, sentence);
  const advise = createAccountAdvice({ report, record: recordOfRun, account });
  const claims = openClaims({ folder: () => journalFolder(setting()), report });
  return {
    frontend,
    report,
    account,
    owners: () => (owners ??= followOwners(recordOfRun(), claims)),
    claims,
    journals: openCreateJournals({ setting, report }),
    removalOptions: createRemovalOptions(),
    removals: countRemovals({ record: recordOfRun, stops: openRemovalStops({ setting, warn }) }),
    missing: followMissingUsers(report),
    adviseOnAccount: async () => (isStackAccount() ? advise() : undefined),
    look: createAccountLook(report),
    spentAdoptions: createSpentAdoptions(),
    names: createNameClaims(),
    undeclared: new Set(),
    usersRead: createUsersRead(),
  };
}
