import type { z } from "zod";
import type { Ids } from "./ids";
import type { ParamRules, Refuse, WireParams } from "./wireParams";

/** What an action works on: the state of its product, the clock, and the settings that concern the product. */
export interface World<State> {
  readonly state: State;
  /** The access key id that signed the call; empty for a call that nobody signed. */
  readonly caller: string;
  /** The site of the account; the international one never returns RAM's phone and email. */
  readonly site: "china" | "international";
  /** How many users may exist in the account (RAM) or in an instance (the others), where that is set. */
  readonly userQuota: number | undefined;
  /** How many reads do not find a new user. */
  readonly lagReads: number;
  now(): Date;
  /** Tells products that take users from this one that the user of this id has another name. */
  renamed(userId: string, name: { before: string; now: string }): void;
}

/** What an answer of status 200 says about one item of a call that names several. */
export interface ItemError {
  code: string;
  message: string;
}

/** A call whose parameters are valid. */
export interface Work {
  /** Does the call, and gives the body of the answer. */
  run(): object;
  /** The body of an answer that refuses every item; for actions that judge each item of a call. */
  refuseItems?: ((error: ItemError) => object) | undefined;
}

/** One action of an API. */
export interface Action<State = unknown> {
  /** The names of the parameters that it takes. */
  readonly accepted: readonly string[];
  /** True where the API takes the call by POST alone. */
  readonly postOnly: boolean;
  /** True where the API takes the call without a signature. */
  readonly anonymous: boolean;
  /** True where the answer has a result for each item of the call. */
  readonly judgesItems: boolean;
  /** Checks the parameters of a call. */
  prepare(world: World<State>, params: WireParams, rules: ParamRules): Work;
}

/** The form of an instance that is added to a running emulator. */
export type InstanceForm = z.ZodType<{ instanceId: string }>;

/** One emulated API, and how its state is kept. */
export interface Product<
  Name extends string = string,
  State = unknown,
  SnapshotForm extends z.ZodType = z.ZodType,
  NewInstance extends InstanceForm = InstanceForm,
> {
  /** Its name on the control routes. */
  readonly name: Name;
  readonly version: string;
  readonly actions: Readonly<Record<string, Action<State>>>;
  readonly refuse: Refuse;
  /** The form of its part of a snapshot. */
  readonly snapshot: SnapshotForm;
  /** What a new emulator holds. */
  seed(ids: Ids): z.output<SnapshotForm>;
  load(snapshot: z.output<SnapshotForm>): State;
  save(state: State): z.output<SnapshotForm>;
  /** How an instance is added, where the product has instances. */
  readonly instances?: {
    readonly form: NewInstance;
    /** Says whether it was added; it is not where one of that id exists. */
    add(state: State, wanted: z.output<NewInstance>, ids: Ids): boolean;
  };
}

/** Declares a product; returns it with its types inferred. */
export function defineProduct<
  const Name extends string,
  State,
  SnapshotForm extends z.ZodType,
  NewInstance extends InstanceForm = never,
>(product: Product<Name, State, SnapshotForm, NewInstance>) {
  return product;
}
