/*
 * No delete of a user that is still needed: Pulumi knows resources by URN. A resource that is renamed without aliases, or
 * moves to the other frontend, is created under its new URN, which may adopt the user, and deleted under the old one.
 * This file tracks which resource has, keeps or has made which user, and refuses an adoption of a user
 * that another resource is known to have. All provider processes of one run share this
 * (`provider/lifecycle/journal/runRecord.ts`): each process writes a file of digests in a private folder for temporary
 * files, which counts while that process lives. The state of a user that was adopted, imported or taken over by the journal
 * holds a mark, and `provider/lifecycle/journal/claims.ts` keeps the latest mark beyond the run, so that neither an older
 * copy in the state (pending delete) nor another stack deletes the user. A claim also names the resources of other stacks
 * that had the user before, by `provider/lifecycle/journal/holders.ts`: a file for each stack, to which each create, and
 * each first comparison, adds a line; the new owner deletes nobody whom they may still declare. Users are deleted before
 * they are replaced: the SDK sets `deleteBeforeReplace`, since the engine asks no provider in a replacement that it forces.
 */
import type { ResourceInitFailed } from "../core/fault";
import type { Resource } from "../core/resource";
import type { Values } from "../core/wire";
import { nameAttributeOf, scopeOf } from "../core/identity";
import type { ResourceState } from "../core/state";
import { showText, showValue } from "../core/showText";
import type { Claims } from "./journal/claims";
import { aliases, aliasFor, nameIn, placeOf, stackOf } from "./resourceNames";
import type { RunRecord } from "./journal/runRecord";

/** A resource of the program or of the state: its type, and its URN where that is known. */
export interface Owner {
  resource: Resource;
  urn: string | undefined;
}

/** A user that a resource of the state has: its id, and the mark of a user that was taken over. */
type Held = Pick<ResourceState, "id" | "claim">;

/** Tracks which resources of a run have which users, so that no user is deleted or taken over that another resource needs. */
export interface Owners {
  /** Notes that the program declares the owner. The engine asks for differences in a refresh too, of any resource of the state. */
  noteDeclared(owner: Owner): void;
  /** Whether the program is known to declare the owner. */
  isDeclared(owner: Owner): boolean;
  /** Notes that the state was read: the owner has this user, and may still be deleted in this run. */
  noteRead(owner: Owner, held: Held): void;
  /** Notes that the owner, if the program declares it, will keep this user. */
  noteKept(owner: Owner, held: Held): void;
  /** Notes that the owner will be created or replaced: it keeps no user that it had before. */
  noteLeft(owner: Owner): void;
  /** Whether the state was read in this run and the owner had this user. */
  hasRead(owner: Owner, id: string): boolean;
  /** Which resource has this user, and what to do then, in sentences; nothing where none is known. */
  knownHolder(owner: Owner, id: string): string | undefined;
  /** Creates a user, unless another resource of the run creates or adopts one of the same name. */
  create(owner: Owner, inputs: Values, send: () => Promise<ResourceState>): Promise<ResourceState>;
  /** Throws a sentence when the program declares the owner and another resource that keeps this user: the state holds it twice. */
  refuseSecond(owner: Owner, id: string): void;
  /** Throws a sentence when another resource of the stack is known to have this user, so that the owner must not take it over. */
  refuseTakeover(owner: Owner, id: string): void;
  /** Throws a sentence when another stack has this user, which a run of this one has made: it was moved there. */
  refuseMoved(owner: Owner, id: string): void;
  /**
   * A sentence when a delete has to leave this user in the account. Throws one when it has to leave it in the state as
   * well: the run failed to create a resource for a user of that name, or another stack has the user too.
   */
  reasonToLeave(owner: Owner, state: ResourceState): string | undefined;
}

/** Follows the resources of the run that has this record. The claims tell who had or took over a user in any run so far. */
export function followOwners(record: RunRecord, claims: Pick<Claims, "of" | "made" | "holders">): Owners {
  const declared = new Set<string>();
  const holders = new Map<string, Set<string>>();
  const kept = new Map<string, { resource: Resource; held: Held }>();
  /** The first resource that creates a user of a name. */
  const creating = new Map<string, string>();

  const noteDeclared = ({ urn }: Owner): void => void (urn !== undefined && declared.add(urn));

  const noteRead = ({ resource, urn }: Owner, { id }: Held): void => {
    const key = keyOf(resource, id);
    if (urn !== undefined) holders.set(key, (holders.get(key) ?? new Set()).add(urn));
  };

  const noteKept = (owner: Owner, held: Held): void => {
    noteRead(owner, held);
    const { resource, urn } = owner;
    // In a refresh, the engine compares also what the program declares no longer.
    if (urn === undefined || !declared.has(urn) || kept.get(urn)?.held.id === held.id) return;
    kept.set(urn, { resource, held });
    record.add(keptFact(resource, held.id), keptFact(resource, held.id, holderOf(owner, held)));
  };

  /** Whether another resource that the program declares keeps the user, in whichever process of the run. */
  const isKeptElsewhere = (owner: Owner, held: Held): boolean => {
    const times = (...holder: string[]): number =>
      record.times(keptFact(owner.resource, held.id, ...holder)) -
      record.times(leftFact(owner.resource, held.id, ...holder));
    return times() > times(holderOf(owner, held));
  };

  /** Both of two that are created at once see each other here, so that neither takes over what the other is making. */
  const refuseTwin = ({ resource, urn }: Owner, inputs: Values): void => {
    if (urn === undefined) return;
    const fact = ["creates", ...nameFact(resource, inputs)];
    const key = JSON.stringify(fact);
    record.add(fact);
    record.add([...fact, urn]);
    const twin = creating.get(key);
    creating.set(key, twin ?? urn);
    if (record.times(fact) === record.times([...fact, urn])) return;
    const holder = twin === undefined || twin === urn ? "another resource" : `the resource "${nameIn(twin)}"`;
    throw new Error(
      `${resource.type} ${showValue(inputs[nameAttributeOf(resource)])} is neither created nor taken over: ${holder} of ` +
        "this run declares the same name. Take one of the two out of the program.",
    );
  };

  const others = ({ resource, urn }: Owner, id: string): string[] =>
    [...(holders.get(keyOf(resource, id)) ?? [])].filter((other) => other !== urn);

  const hasRead = ({ resource, urn }: Owner, id: string): boolean =>
    holders.get(keyOf(resource, id))?.has(String(urn)) === true;

  const knownHolder = (owner: Owner, id: string): string | undefined => {
    if (hasRead(owner, id))
      return "This resource has that user: to replace it, give it the option deleteBeforeReplace: true.";
    const urn = String(owner.urn);
    const before = claims.holders(owner.resource, id).filter((other) => other !== urn);
    const [other] = [...others(owner, id), ...before.filter((each) => stackOf(each) === stackOf(urn))];
    if (other !== undefined) return ofThisStack(other, urn);
    return before[0] === undefined ? undefined : ofAnotherStack(before[0]);
  };

  return {
    noteDeclared,
    isDeclared: ({ urn }) => declared.has(String(urn)),
    noteRead,
    noteKept,

    noteLeft(owner) {
      const left = kept.get(String(owner.urn));
      if (!left) return;
      kept.delete(String(owner.urn));
      const { resource, held } = left;
      record.add(leftFact(resource, held.id), leftFact(resource, held.id, holderOf(owner, held)));
    },

    hasRead,
    knownHolder,

    async create(owner, inputs, send) {
      refuseTwin(owner, inputs);
      const made = (state: ResourceState): void => {
        record.add(userFact(owner.resource, state.id));
        noteDeclared(owner);
        noteKept(owner, state);
        claims.made(owner, state.id);
      };
      try {
        const created = await send();
        made(created);
        return created;
      } catch (error) {
        const { name, state } = error as FailedCreate;
        if (name === "ResourceInitFailed" && state) made(state);
        else record.add(nameFact(owner.resource, inputs));
        throw error;
      }
    },

    refuseSecond(owner, id) {
      const { resource, urn } = owner;
      const other = others(owner, id).find((each) => kept.get(each)?.held.id === id);
      if (other === undefined || urn === undefined || !declared.has(urn)) return;
      throw new Error(
        `The state holds the ${resource.type} ${showText(id)} twice, as "${nameIn(other)}" and as "${nameIn(urn)}"; each would be changed ` +
          `into the other in every run. Take the wrong one out of the state, which leaves the user in the account: ` +
          `pulumi state delete '${other}', or pulumi state delete '${urn}'. Destroying it, with --target too, would delete the user.`,
      );
    },

    refuseTakeover(owner, id) {
      const isKept = isKeptElsewhere(owner, { id });
      const [other] = others(owner, id);
      if (!isKept && other === undefined) return;
      const holder = other === undefined ? "another resource" : `the resource "${nameIn(other)}"`;
      throw new Error(
        `${owner.resource.type} ${showText(id)} is not taken over: ${holder} of this stack has this user. ` +
          (isKept
            ? "Take one of the two out of the program."
            : `If this is the same user under another resource name, ${aliasFor(other as string, owner.urn)} ` +
              `Otherwise take the user out of the state first: pulumi state delete '${other}'.`),
      );
    },

    refuseMoved({ resource, urn }, id) {
      const other = claims
        .holders(resource, id)
        .find((holder) => urn !== undefined && stackOf(holder) !== stackOf(urn));
      if (other === undefined) return;
      throw new Error(
        `${resource.type} ${showText(id)} is not taken over: this resource created it, and since then it was moved. ${ofAnotherStack(other)}`,
      );
    },

    reasonToLeave(owner, state) {
      const { id, values, claim: mark } = state;
      const way = aliases(owner.urn === undefined ? "<its name before>" : nameIn(owner.urn));
      if (values.onDelete !== "retain" && record.has(userFact(owner.resource, id)))
        return `${id} was left in the account: this run has created or adopted it. ${way}`;
      if (record.has(nameFact(owner.resource, values)))
        throw new Error(
          `${id} was not deleted and stays in the state: this run failed to create a user of the same name. ${way}`,
        );
      if (isKeptElsewhere(owner, state)) {
        const [other] = others(owner, id);
        const isSelf = owner.urn !== undefined && kept.get(owner.urn)?.held.id === id;
        const keeper =
          other === undefined ? "another resource of the program" : `the resource "${nameIn(other)}"`;
        return `${id} was left in the account: ${isSelf ? "this resource itself" : keeper} declares it as well.`;
      }
      const claim = claims.of(owner.resource, id);
      const [sharer] = claim?.others?.filter((other) => other !== owner.urn) ?? [];
      if (claim?.mark === mark && sharer !== undefined)
        throw new Error(
          `${id} was not deleted and stays in the state: ${placeOf(sharer)} has this user as well. Leave it to that one: pulumi state ` +
            `delete '${owner.urn}'. Or, if that one does not have it any more, delete the note of it and run again: ` +
            `${showText(claim?.file ?? "")}`,
        );
      if (claim === undefined || claim.mark === mark) return undefined;
      return (
        `${id} was left in the account: ${placeOf(claim.urn)} has taken it over on ${showText(claim.at.slice(0, 10))}. ` +
        "If nothing needs this user any more, delete it in the account."
      );
    },
  };
}

/** It may leave the program in the same run: an adoption would make one person of two then, so it is not advised. */
function ofThisStack(other: string, urn: string): string {
  return (
    `The resource "${nameIn(other)}" of this stack has this user. If it leaves the program in the same run, run pulumi up twice: ` +
    "first without this resource, then with it. If this is the same user under another resource name, " +
    `${aliasFor(other, urn)} Otherwise choose another name.`
  );
}

function ofAnotherStack(other: string): string {
  return (
    `As far as this machine knows, ${placeOf(other)} has this user. Choose another name, or set adopt: true: this declaration then ` +
    `takes over that very person, who is to be taken out of that stack: pulumi state delete '${other}'.`
  );
}

/** What the error of a create may tell of the user. */
interface FailedCreate {
  name?: string;
  state?: ResourceInitFailed["state"];
}

const keyOf = ({ type }: Resource, id: string): string => `${type} ${id}`;

const userFact = ({ type }: Resource, id: string) => ["user", type, id];

const keptFact = ({ type }: Resource, id: string, ...holder: string[]) => ["kept", type, id, ...holder];

const leftFact = ({ type }: Resource, id: string, ...holder: string[]) => ["left", type, id, ...holder];

/** What tells a resource's hold on a user from another one: the mark of a takeover, which no other state has, else the URN. */
const holderOf = ({ urn }: Owner, { claim }: Held): string => claim ?? String(urn);

const nameFact = (resource: Resource, values: Values) => [
  "name",
  resource.type,
  ...Object.values(scopeOf(resource, values)),
  values[nameAttributeOf(resource)],
];
