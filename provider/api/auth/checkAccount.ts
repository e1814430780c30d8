import { showText } from "../../core/showText";
import type { Placed } from "../brakes";

/** The credentials are for another account than the one that a setting names. */
class WrongAccount extends Error {
  override readonly name = "WrongAccount";
}

/** Throws a sentence when the credentials are for another account than any of the settings names. */
export function checkAccount(
  accountIds: readonly Placed<string>[],
  { accountId, namedBy }: { accountId: string; namedBy: string },
): void {
  const other = accountIds.find(({ value }) => value !== accountId);
  if (other === undefined) return;
  throw new WrongAccount(
    `The credentials of ${namedBy} are for the account ${showText(accountId)}, and alicloud:accountId in ${other.namedBy} names ` +
      `${other.value}. Nothing was compared or changed. Use credentials for ${other.value}, or correct the setting there.`,
  );
}
