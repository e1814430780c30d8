import type { Difference } from "../../core/diff";
import type { Resource } from "../../core/resource";
import { secretMark } from "../../core/secrets";
import { showText, showValue } from "../../core/showText";
import { isUnknown } from "../../core/unknown";

/** Shows one line on a resource's own row; a warning stands out in the row itself. */
export type Log = (severity: "info" | "warning", urn: string | undefined, message: string) => Promise<void>;

/** A user that is gone, and what follows of that. */
export interface Missing {
  id: string;
  /** What follows, as far as it is known. */
  then?: string | undefined;
}

/** The lines about a user on its resource's own row. */
export interface Report {
  /** A line for each difference; the names of `secrets` come without their values. */
  differences(
    urn: string | undefined,
    differences: readonly Difference[],
    secrets: readonly string[],
  ): Promise<void>;
  /** A change of these attributes replaces the user. */
  replaced(urn: string | undefined, resource: Resource, names: readonly string[]): Promise<void>;
  /** The program keeps these attributes secret from now on, their values the same. */
  newlySecret(urn: string | undefined, names: readonly string[]): Promise<void>;
  /** The program declares these attributes from now on, and the account has these values already. */
  newlyDeclared(urn: string | undefined, paths: readonly string[]): Promise<void>;
  /** The account has no such user any more. */
  missing(urn: string | undefined, name: unknown, missing: Missing): Promise<void>;
  /** What a run does, or will do, besides what its row says. */
  info(urn: string | undefined, sentence: string): Promise<void>;
  /** A write was not done as asked for; the sentence says what was done instead. */
  warning(urn: string | undefined, sentence: string): Promise<void>;
  /** A user that the resource has made earlier is taken over. */
  takenOver(urn: string, id: string): Promise<void>;
  /** Attributes that were written and that the API does not return, unless the state said so before. */
  notReturned(urn: string | undefined, before: readonly string[], after: readonly string[]): Promise<void>;
}

/** A report that goes to this log. */
export function reportTo(log: Log): Report {
  return {
    async differences(urn, differences, secrets) {
      for (const difference of differences) {
        const secret = difference.secret || secrets.includes(difference.attribute);
        const severity = difference.cause === "account" ? "warning" : "info";
        await log(severity, urn, describe({ ...difference, secret }));
      }
    },
    replaced: (urn, resource, names) => log("warning", urn, describeReplacement(resource, names)),
    async newlySecret(urn, names) {
      for (const name of names) await log("info", urn, `change: ${showText(name)}: kept secret from now on`);
    },
    async newlyDeclared(urn, paths) {
      for (const path of paths)
        await log(
          "info",
          urn,
          `change: ${showText(path)}: declared from now on; the account has this value already`,
        );
    },
    missing(urn, name, { id, then }) {
      const gone = `drift: gone: the account has no user ${showValue(name)} (${showText(id)}) any more`;
      return log("warning", urn, then === undefined ? gone : `${gone}; ${then}`);
    },
    info: (urn, sentence) => log("info", urn, sentence),
    warning: (urn, sentence) => log("warning", urn, sentence),
    takenOver: (urn, id) =>
      log(
        "info",
        urn,
        `${showText(id)}: this resource created this user earlier, and the state does not have it; it is taken over`,
      ),
    async notReturned(urn, before, after) {
      for (const name of after.filter((each) => !before.includes(each)))
        await log(
          "warning",
          urn,
          `not verifiable: ${name}: written, but the API does not return it, so its drift cannot be detected`,
        );
    },
  };
}

/** The line of a difference: `drift: displayName: "Hacked" => "User 1"`. */
function describe({ path, cause, from, to, secret, leftAlone }: Difference): string {
  const word = cause === "account" ? "drift" : "change";
  const line = `${word}: ${showText(path)}: ${show(from, secret)} => ${show(to, secret)}`;
  if (leftAlone === undefined) return line;
  const why =
    cause === "account"
      ? "declare the current value, or change it where the user comes from"
      : `the account takes the new value from ${leftAlone}, once it is changed there`;
  return `${line}; up leaves it: ${why}`;
}

/** What a replacement means for the user, and how to do without. */
function describeReplacement(resource: Resource, names: readonly string[]): string {
  const changed = [...new Set(names)];
  const others = changed.map((name) => resource.attributes[name]?.insteadOfReplacing);
  const other = others.find((each) => each !== undefined);
  const instead = other === undefined ? "" : `, and change ${other} instead`;
  return (
    `replace: a new user takes the place of this one, because ${changed.join(", ")} changes; what the account holds for it ` +
    `(${resource.lostByReplacement}) is lost. To keep that, keep ${changed.join(", ")}${instead}`
  );
}

function show(value: unknown, secret: boolean): string {
  if (secret && value !== undefined) return secretMark;
  return isUnknown(value) ? "(known after up)" : showValue(value);
}
