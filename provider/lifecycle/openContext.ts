import type { Account } from "../api/connect";
import { createAccountLook } from "./accountLook";
import { openClaims } from "./journal/claims";
import type { ProviderContext } from "./context";
import { createUsersRead } from "./context";
import { journalFolder, openCreateJournals } from "./journal/createJournals";
import type { Frontend } from "./frontend";
import { followMissingUsers } from "./missingUsers";
import { createNameClaims } from "./nameClaims";
import type { Owners } from "./owners";
import { followOwners } from "./owners";
import { createRemovalOptions } from "./removals/removalOptions";
import { countRemovals } from "./removals/removals";
import { openRemovalStops } from "./removals/removalStops";
import type { Report } from "./report";
import { createSpentAdoptions } from "./spentAdoptions";
import type { RunRecord } from "./journal/runRecord";
import { openRunRecord } from "./journal/runRecord";

/** What a process of the engine's run brings. */
export interface ContextOptions {
  frontend: Frontend;
  report: Report;
  /** The account. Throws a sentence when its settings cannot be read. */
  account(): Account;
  /** The address of the engine, known before the first request about a resource. */
  engine(): string | undefined;
}

/** What the provider works with in one process. Nothing is read or written before the first request. */
export function openContext({ frontend, report, account, engine }: ContextOptions): ProviderContext {
  let record: RunRecord | undefined;
  let owners: Owners | undefined;
  const recordOfRun = (): RunRecord => (record ??= openRunRecord(engine()));
  const setting = (): string | undefined => account().journal;
  const warn = (sentence: string): void => void report.warning(undefined, sentence);
  const claims = openClaims({ folder: () => journalFolder(setting()), report });
  return {
    frontend,
    report,
    account,
    owners: () => (owners ??= followOwners(recordOfRun(), claims.of)),
    claims,
    journals: openCreateJournals({ setting, report }),
    removalOptions: createRemovalOptions(),
    removals: countRemovals({ record: recordOfRun, stops: openRemovalStops({ setting, warn }) }),
    missing: followMissingUsers(report),
    look: createAccountLook(report),
    spentAdoptions: createSpentAdoptions(),
    names: createNameClaims(),
    undeclared: new Set(),
    usersRead: createUsersRead(),
  };
}
