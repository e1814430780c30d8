import type { Directory } from "../../core/directory";
import { nameKeyOf } from "../../core/directorySchema";
import { faultKind } from "../../core/fault";
import { idOf, nameAttributeOf, scopeOf } from "../../core/identity";
import type { Resource } from "../../core/resource";
import { isUnknown } from "../../core/unknown";
import type { Values, Wire } from "../../core/wire";
import type { Owner } from "../owners";
import type { Report } from "../report/report";

/** Looks at the account that a run takes before it does anything, and what came of them. */
export interface AccountLook {
  /**
   * The user who has the name that these values declare. Nothing without one, while the name or the place is unknown, and
   * where the account cannot be looked at, which is said once.
   */
  find(look: Look): Promise<Wire | undefined>;
  /** Whether `find` has an answer for these values: else nothing follows of finding nobody. */
  isPossible(look: Look): boolean;
  /** Notes that the state has a user of this name for the resource. */
  noteRecorded(owner: Owner, values: Values): void;
  /** Whether the state has a user of this name for the resource. */
  isRecorded(owner: Owner, values: Values): boolean;
  /** Notes that the account has no such user any more. */
  noteGone(owner: Owner, gone: Gone): void;
  /** Notes that the resource has a user again. */
  noteMade(owner: Owner): void;
  /** The user that the resource had, if it is gone. */
  gone(owner: Owner): Gone | undefined;
}

/** A name to look for, and where. */
export interface Look {
  resource: Resource;
  values: Values;
  directory: () => Directory;
  declaredCount: number | undefined;
}

/** A user of the state that the account does not have. */
export interface Gone {
  id: string;
  /** The unique name that it had. */
  name: unknown;
  /** Whether its row says so already. */
  isTold: boolean;
}

/** Looks at the account, none yet. A directory that could not be looked at is not asked again. */
export function createAccountLook(report: Report): AccountLook {
  const failed = new WeakSet<Directory>();
  const told = new Set<string | undefined>();
  const recorded = new Map<string, string>();
  const goneOf = new Map<string, Gone>();

  const isKnown = ({ resource, values }: Look): boolean =>
    !isUnknown([values[nameAttributeOf(resource)], scopeOf(resource, values), values.regionId]);

  const nameKey = ({ resource }: Owner, values: Values): string =>
    nameKeyOf(resource, values[nameAttributeOf(resource)]);

  return {
    async find(look) {
      const { resource, values, declaredCount } = look;
      if (!isKnown(look)) return undefined;
      const directory = look.directory();
      if (failed.has(directory)) return undefined;
      try {
        return await directory.look(String(values[nameAttributeOf(resource)]), declaredCount);
      } catch (fault) {
        failed.add(directory);
        const kind = faultKind(fault);
        if (told.has(kind)) return undefined;
        told.add(kind);
        await report.info(
          undefined,
          `The account was not searched for existing users of the names that the program declares: ${(fault as Error).message}`,
        );
        return undefined;
      }
    },

    isPossible: (look) => isKnown(look) && !failed.has(look.directory()),

    noteRecorded(owner, values) {
      if (owner.urn !== undefined) recorded.set(owner.urn, nameKey(owner, values));
    },

    isRecorded: (owner, values) => recorded.get(String(owner.urn)) === nameKey(owner, values),

    noteGone({ urn }, gone) {
      if (urn !== undefined) goneOf.set(urn, gone);
    },

    noteMade: ({ urn }) => void goneOf.delete(String(urn)),

    gone: ({ urn }) => goneOf.get(String(urn)),
  };
}

/** The id of a user who has the name of these values and is not the one with this id. */
export async function findOther(
  look: AccountLook,
  asked: Look & { id: string },
): Promise<string | undefined> {
  const user = await look.find(asked);
  const found = user && idOf(asked.resource, user);
  return found === asked.id ? undefined : found;
}
