import type { z } from "zod";
import type { ApiError } from "./apiError";
import type { World } from "./world";
import { acceptParams } from "./acceptParams";

/** The business parameters of one call as they came over the wire: flat names and texts. */
export type WireParams = Readonly<Record<string, string>>;

/** What is wrong with a parameter, before a product puts it into its own code. */
export interface Problem {
  kind: "missing" | "length" | "format" | "value";
  /** The top-level name, `CustomFields` for `CustomFields.1.FieldName`. */
  parameter: string;
  /** The name as it was on the wire. */
  path: string;
}

/** Puts a problem into the code and words that the product uses. */
export type Refuse = (problem: Problem) => ApiError;

/** How a product takes the parameters of a call. */
export interface ParamRules {
  /** What becomes of a parameter that the operation does not have. */
  unknownParameters: "ignore" | "refuse";
  refuse: Refuse;
}

/** What an answer of status 200 says about one item of a call that names several. */
export interface ItemError {
  code: string;
  message: string;
}

/** One operation of an API. */
export interface Action {
  /** The names of the parameters that it takes. */
  readonly accepted: readonly string[];
  /** True where the API takes the call by POST alone. */
  readonly postOnly: boolean;
  /** Checks the parameters, does the work, and gives the body of the answer. */
  answer(world: World, params: WireParams, rules: ParamRules): object;
  /** The answer that refuses every item, for a call that names several and judges each. */
  refuseItems?: ((params: WireParams, rules: ParamRules, error: ItemError) => object) | undefined;
}

/** One of the emulated APIs. */
export interface Product {
  readonly version: string;
  readonly actions: Readonly<Record<string, Action>>;
  readonly refuse: Refuse;
}

/** Declares an operation: the parameters it accepts, each by hand, and what it does with them. */
export function defineAction<Accepted extends z.ZodObject>(operation: {
  postOnly?: boolean;
  accepts: Accepted;
  run(world: World, params: z.output<Accepted>): object;
  refuseItems?(params: z.output<Accepted>, error: ItemError): object;
}): Action {
  const { accepts, refuseItems } = operation;
  return {
    accepted: Object.keys(accepts.shape),
    postOnly: operation.postOnly ?? false,
    answer: (world, params, rules) => operation.run(world, acceptParams(accepts, params, rules)),
    refuseItems:
      refuseItems && ((params, rules, error) => refuseItems(acceptParams(accepts, params, rules), error)),
  };
}
