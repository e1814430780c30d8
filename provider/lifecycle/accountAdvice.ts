import type { Account } from "../api/connect";
import type { Clock } from "../api/clock";
import { machineClock } from "../api/clock";
import { showText } from "../core/showText";
import type { Report } from "./report";
import type { RunRecord } from "./journal/runRecord";

/** How long a create waits for the number of its account, in milliseconds. */
const longestMs = 2000;

/** What the advice is made of. */
export interface AdviceOptions {
  report: Report;
  record(): RunRecord;
  account(): Account;
  clock?: Clock;
}

/**
 * Returns a function to call after the first users of a stack were made: once in a run it says in which account, and how to
 * hold later runs to that one. It says nothing where the account is set, or cannot be asked for its number.
 */
export function createAccountAdvice({ report, record, account, clock = machineClock }: AdviceOptions) {
  const fact = ["account advised"];

  const advise = async (): Promise<void> => {
    const { accountId } = await account().identify();
    const shown = showText(accountId);
    await report.info(
      undefined,
      `The users of this stack are in the account ${shown}. Set it, and a run with the credentials of another account is ` +
        `refused: pulumi config set alicloud-users:accountId ${shown}`,
    );
  };

  return async (): Promise<void> => {
    if (account().brakes.accountIds.length > 0 || record().has(fact)) return;
    record().add(fact);
    await Promise.race([advise().catch(() => undefined), clock.sleep(longestMs)]);
  };
}
