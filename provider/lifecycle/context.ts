import type { Account } from "../api/connect";
import type { Directory } from "../core/directory";
import type { Resource } from "../core/resource";
import type { Values, Wire } from "../core/wire";
import { scopeOf } from "../core/identity";
import type { AccountLook } from "./creation/accountLook";
import type { Claims } from "./journal/claims";
import type { CreateJournals } from "./journal/createJournals";
import type { Frontend } from "./frontend";
import type { MissingUsers } from "./missingUsers";
import type { NameClaims } from "./creation/nameClaims";
import type { Owners } from "./owners";
import type { RemovalOptions } from "./removals/removalOptions";
import type { Removals } from "./removals/removals";
import type { Report } from "./report/report";
import type { SpentAdoptions } from "./spentAdoptions";

/** What the provider works with in one process of the engine's run. */
export interface ProviderContext {
  readonly frontend: Frontend;
  /** The account. Throws a sentence when its settings cannot be read. */
  account(): Account;
  readonly report: Report;
  /** The resources of the run, as far as this process knows them. */
  owners(): Owners;
  /** The users that the run removes. */
  readonly removals: Removals;
  /** The users that the account does not have. */
  readonly missing: MissingUsers;
  /** Says in which account the first users of the stack were made, once in a run. */
  adviseOnAccount(): Promise<void>;
  /** What is kept of creates beyond the end of the run. */
  readonly journals: CreateJournals;
  /** The users that were taken over, in this run and before. */
  readonly claims: Claims;
  /** What the program declares now of how a user is removed. */
  readonly removalOptions: RemovalOptions;
  /** Looks at the account for what a run will meet there. */
  readonly look: AccountLook;
  /** The users that `adopt` has named and that resources have had since. */
  readonly spentAdoptions: SpentAdoptions;
  /** The unique names that the resources of the run declare. */
  readonly names: NameClaims;
  /**
   * The resources that this run has read and the program has not declared yet, if it does. A refresh compares them with
   * what was declared before.
   */
  readonly undeclared: Set<string | undefined>;
  /** The users that this run has read, where the frontend reads before it compares. */
  readonly usersRead: UsersRead;
}

/** The users that a run has read, until it writes them. The URN may change meanwhile, by an alias; type and id do not. */
export interface UsersRead {
  get(resource: Resource, id: string): Wire | undefined;
  set(resource: Resource, id: string, user: Wire): void;
  delete(resource: Resource, id: string): void;
}

/** Users that a run has read; empty at first. */
export function createUsersRead(): UsersRead {
  const users = new Map<string, Wire>();
  const keyOf = ({ type }: Resource, id: string): string => `${type} ${id}`;
  return {
    get: (resource, id) => users.get(keyOf(resource, id)),
    set: (resource, id, user) => void users.set(keyOf(resource, id), user),
    delete: (resource, id) => void users.delete(keyOf(resource, id)),
  };
}

/** The directory of a user, by its id or its declared values, in the region that `values` name. */
export function directoryOf(
  context: ProviderContext,
  resource: Resource,
  from: string | Values,
  values: Values,
): Directory {
  const region = values.regionId as string | undefined;
  return context.account().directory(resource, scopeOf(resource, from), region);
}
