import { connect } from "../../provider/api/connect";
import { serviceOf } from "../../provider/resources/services";
import type { Settings } from "../../provider/api/settings";
import { isAbsent } from "../../provider/core/values";
import { declaredNames, liveValue } from "../../provider/core/decode";
import { diff, type Difference } from "../../provider/core/diff";
import { type Directory, roundDown } from "../../provider/core/directory";
import { findRequest } from "../../provider/core/findRequest";
import { type Attribute, notShown } from "../../provider/core/attribute";
import type { Resource } from "../../provider/core/resource";
import type { Values, Wire } from "../../provider/core/wire";
import { idOf, nameOf, scopeOf } from "../../provider/core/identity";
import { unpack, withoutHidden } from "../../provider/core/state";
import { resources } from "../../provider/resources";
import { readOnly, type ReadOnlySender } from "./readOnly";

/** A user of a state in plain values. */
export interface StoredUser {
  /** The type's own name, such as `RamUser`. */
  kind: string;
  id: string;
  inputs: Values;
  outputs: Values;
  /** Attributes, or `attribute.key`, that `ignoreChanges` leaves to others; "*" for all. */
  ignored: readonly string[];
}

/** An attribute that was not compared, and the reason. */
export interface NotCompared {
  path: string;
  why: string;
}

/** A user as the account holds it, beside what the state declares. */
export interface Comparison {
  differences: (Difference & { fixable: boolean; why?: string })[];
  notCompared: NotCompared[];
}

/** What the account says of a declared user: compared, not there, or replaced by another user of its name. */
export type Finding =
  { found: true; comparison: Comparison } | { found: false; successorId: string | undefined };

/** A live user of a directory. */
export interface LiveUser {
  id: string;
  name: string;
}

/** The users of one account or instance, to be read and nothing else. */
export interface ReadOnlyDirectory {
  /** Reads a declared user. `together` is how many users of this directory are read in the run. */
  inspect(user: StoredUser, together: number): Promise<Finding>;
  /** Every user of the directory. */
  list(): Promise<LiveUser[]>;
}

/** One account, reached with a client that cannot write. */
export interface ReadOnlyAccount {
  directory(user: StoredUser): ReadOnlyDirectory;
  /** Calls sent so far. */
  reads(): number;
}

/** The names of the kinds of user. */
export const kinds: readonly string[] = resources.map(({ type }) => type);

/** The name that the state holds for the user. */
export function userNameOf({ kind, inputs, outputs }: StoredUser): string {
  const name = nameOf(resourceOf(kind), resourceOf(kind).nameField);
  return String(inputs[name] ?? outputs[name] ?? "");
}

/** A key that two users of one directory share, and the directory's name for people: an instance, or the product. */
export function directoryOf({ kind, id, inputs }: StoredUser): { key: string; name: string } {
  const resource = resourceOf(kind);
  const scope = Object.values(scopeOf(resource, id));
  return {
    key: JSON.stringify([resource.service, scope, inputs.regionId]),
    name: scope.length > 0 ? scope.join(":") : serviceOf(resource.service).name,
  };
}

/** An account behind these settings, reached with a client that cannot write. Nothing is sent before the first read. */
export function openReadOnly(settings: Settings, notice: (sentence: string) => void): ReadOnlyAccount {
  const senders: ReadOnlySender[] = [];
  const account = connect(settings, {
    notice,
    guard(schema, send) {
      const sender = readOnly(schema, send);
      senders.push(sender);
      return sender.send;
    },
  });
  return {
    directory({ kind, id, inputs }) {
      const resource = resourceOf(kind);
      const region = inputs.regionId as string | undefined;
      return readOnlyDirectory(resource, account.directory(resource, scopeOf(resource, id), region));
    },
    reads: () => senders.reduce((sum, sender) => sum + sender.reads(), 0),
  };
}

function readOnlyDirectory(
  resource: Resource,
  directory: Pick<Directory, "find" | "findByName" | "search">,
): ReadOnlyDirectory {
  return {
    async inspect(stored, together) {
      const declared = declaredOf(stored);
      const state = unpack(stored.id, stored.outputs);
      const declaredCount = roundDown(together);
      const user = await directory.find(findRequest(resource, { state, inputs: declared, declaredCount }));
      if (user) return { found: true, comparison: comparisonOf(resource, stored, declared, user) };
      const successor = await directory.findByName(userNameOf(stored));
      return { found: false, successorId: successor && idOf(resource, successor) };
    },
    async list() {
      const users = await directory.search({});
      return users.map((user) => ({ id: idOf(resource, user), name: String(user[resource.nameField]) }));
    },
  };
}

/** What the program declared last; a refresh puts live values into the inputs and keeps what was declared beside them. */
function declaredOf({ id, inputs, outputs }: StoredUser): Values {
  return { ...withoutHidden(inputs), ...unpack(id, outputs).drifted };
}

function comparisonOf(resource: Resource, stored: StoredUser, declared: Values, user: Wire): Comparison {
  const state = unpack(stored.id, stored.outputs);
  const ignored = stored.ignored;
  const differences = diff(resource, { state, inputs: declared, user, ignored }).filter(
    ({ attribute }) => attribute in resource.attributes,
  );
  return {
    differences: differences.map((difference) => ({ ...difference, ...fixOf(resource, difference) })),
    notCompared: declaredNames(resource, declared).flatMap((name) => {
      const why = whyNotCompared(resource.attributes[name] as Attribute, name, stored, user);
      return why === undefined ? [] : [{ path: name, why }];
    }),
  };
}

function whyNotCompared(row: Attribute, name: string, stored: StoredUser, user: Wire): string | undefined {
  if (stored.ignored.includes("*") || stored.ignored.includes(name)) return "ignoreChanges names it";
  if (row.writeOnly) return "the API never returns it";
  const live = liveValue(row, user, stored.inputs[name]);
  if (live === notShown) return "the API does not tell";
  const { notReturned } = unpack(stored.id, stored.outputs);
  return isAbsent(live) && notReturned.includes(name) ? "the account does not show it" : undefined;
}

function fixOf(
  resource: Resource,
  { replace, cause, leftAlone }: Difference,
): { fixable: boolean; why?: string } {
  if (replace)
    return {
      fixable: false,
      why: `${serviceOf(resource.service).name} cannot change it in place; pulumi up would replace the user`,
    };
  if (leftAlone)
    return { fixable: false, why: "pulumi up leaves it, since it is changed where the user comes from" };
  if (cause === "program")
    return { fixable: true, why: "declared, and never applied: the last pulumi up failed" };
  return { fixable: true };
}

/** Whether the API tells this attribute at all; a password for example is only written. */
export function isReadable(kind: string, attribute: string): boolean {
  return resourceOf(kind).attributes[attribute]?.writeOnly !== true;
}

function resourceOf(kind: string): Resource {
  const resource = resources.find(({ type }) => type === kind);
  if (!resource) throw new Error(`There is no kind of user "${kind}".`);
  return resource as Resource;
}
