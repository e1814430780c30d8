/*
 * The state of a dynamic resource holds the declared values and one line that loads the installed package, the
 * same in every release: `exports.handler=()=>require("pulumi-alicloud-users/dynamic").providers.RamUser`. Old code never
 * runs, nothing is captured, and credentials come from configuration and environment. Names that begin with `__` hold what
 * Pulumi does not pass on to dynamic providers: the URN, `ignoreChanges`, `replaceOnChanges`, which values are secret. Only
 * this file knows these names. Outputs hold no id of their own: `userId` is taken from `id`, which stays
 * known in the preview of a change.
 */
import { declaredNames } from "./decode";
import type { Forms } from "./forms";
import type { Resource } from "./resource";
import type { Values } from "./wire";
import { pick } from "./values";

/** The values of a user that a stack's state keeps between two runs. */
export interface StoredValues {
  /** What was declared at the last create or update; after a read, what the account has of it. */
  values: Values;
  /** Attributes that were written and that the account does not return, so that their drift cannot be seen. */
  notReturned: readonly string[];
  /** What was declared of the attributes for which a read found another value. */
  drifted: Values;
  /** True after an import, until a program declares the user: the values are the account's, and nobody has declared them. */
  imported?: true | undefined;
  /** Tells the one state that holds a user which was taken over from every other state that holds it too. */
  claim?: string | undefined;
  /** The forms in which the account keeps declared values, where those are other ones. */
  forms?: Forms;
}

/** A user as a stack's state keeps it between two runs. */
export interface ResourceState extends StoredValues {
  id: string;
}

/** What the SDK hands to the provider beside the declared values; it is neither shown nor compared. */
export interface HiddenInputs {
  /** The resource's URN, which is the same in every run. */
  urn?: string;
  /** The attributes whose changes are ignored. */
  ignored?: string[];
  /** The attributes whose change replaces the user. */
  replaced?: string[];
  /** The attributes whose values the program keeps secret. */
  secret?: string[];
  /** True where transforms of the engine may have made other values secret, of which the class cannot know. */
  transformed?: boolean;
  /** How many users of the directory the program declares, rounded down to a power of two. */
  declaredCount?: number;
  /** The unique names of users that are compared soon after this one and take a Get each. No state holds them. */
  next?: string[];
  /** What is wrong with other users of the program, where this one's values are wrong too. No state holds them. */
  alsoWrong?: string[];
  /** The attributes with wrong values that are certainly not secret. No state holds them. */
  plain?: string[];
  /** How many users the program declares in all. No state holds it. */
  total?: number;
  /** True in a preview. No state holds it. */
  isPreview?: boolean;
  /** True for a user that the program only reads, with every attribute. */
  whole?: boolean;
  /** True for the inputs of an import, which no program has declared. */
  imported?: boolean;
  /** The text that loads the provider. */
  provider?: string;
}

const prefix = "__";
const notReturnedKey = "__unread";
const claimKey = "__claim";
const formsKey = "__forms";

/** The output under which `pack` keeps `drifted`. */
export const driftedKey = "__drifted";

/** The names of the hidden inputs in the state. They must never change: states of older releases hold them. */
const hiddenKeys: Readonly<Record<keyof HiddenInputs, string>> = {
  urn: "__urn",
  ignored: "__ignored",
  replaced: "__replaced",
  secret: "__secret",
  transformed: "__transformed",
  declaredCount: "__declared",
  next: "__next",
  alsoWrong: "__alsoWrong",
  plain: "__plain",
  total: "__total",
  isPreview: "__preview",
  whole: "__whole",
  imported: "__imported",
  provider: "__provider",
};

const hiddenNames = Object.entries(hiddenKeys) as [name: keyof HiddenInputs, key: string][];

/** The outputs that hold a state, in the form of every release. */
export function pack({ values, notReturned, drifted, imported, claim, forms }: StoredValues): Values {
  return {
    ...values,
    ...(notReturned.length === 0 ? {} : { [notReturnedKey]: notReturned }),
    ...(Object.keys(drifted).length === 0 ? {} : { [driftedKey]: drifted }),
    ...packHidden({ imported }),
    ...(claim === undefined ? {} : { [claimKey]: claim }),
    ...(forms === undefined ? {} : { [formsKey]: forms }),
  };
}

/** The state that these outputs hold. Hidden inputs among them are left out. */
export function unpack(id: string, outputs: Values): ResourceState {
  return {
    id,
    values: withoutHidden(outputs),
    notReturned: (outputs[notReturnedKey] as string[] | undefined) ?? [],
    drifted: (outputs[driftedKey] as Values | undefined) ?? {},
    imported: outputs[hiddenKeys.imported] === true || undefined,
    claim: outputs[claimKey] as string | undefined,
    ...withForms(outputs[formsKey] as Forms | undefined),
  };
}

/** The part of a state that notes these forms; none where there are none, as in states of older releases. */
export function withForms(forms: Forms | undefined): { forms?: Forms } {
  return forms === undefined || Object.keys(forms).length === 0 ? {} : { forms };
}

/** Hidden inputs under their names in the state. A value may be a promise; absent ones are left out. */
export function packHidden(hidden: { [name in keyof HiddenInputs]?: unknown }): Values {
  const given = hiddenNames.filter(([name]) => hidden[name] !== undefined);
  return Object.fromEntries(given.map(([name, key]) => [key, hidden[name]]));
}

/** The hidden inputs among these inputs or outputs. */
export function unpackHidden(values: Values): HiddenInputs {
  const given = hiddenNames.filter(([, key]) => values[key] !== undefined);
  return Object.fromEntries(given.map(([name, key]) => [name, values[key]]));
}

/** Whether a name in the state is neither a hidden input nor another entry of the provider's or of Pulumi's. */
export const isShown = (name: string): boolean => !name.startsWith(prefix);

/** The values without hidden inputs and whatever else is no attribute. */
export function withoutHidden(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => isShown(name)));
}

/** The stored values of a user of which no more than these is known. */
export function stored(values: Values): StoredValues {
  return { values, notReturned: [], drifted: {} };
}

/** The state of a user that is as declared: its attributes and options among these values. */
export function stateOf(
  resource: Resource,
  id: string,
  values: Values,
  notReturned: readonly string[],
): ResourceState {
  const declared = pick(values, [...declaredNames(resource, values), ...Object.keys(resource.options)]);
  return { id, values: declared, notReturned: notReturned.filter((name) => name in declared), drifted: {} };
}

/** What was declared at the last create or update, whatever a read found since; nothing of a user that was only imported. */
export function declaredBefore({ values, drifted, imported }: StoredValues): Values {
  return imported ? {} : { ...values, ...drifted };
}
