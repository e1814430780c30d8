import type { ApiError } from "./apiError";

/** The business parameters of a call as they came over the wire: flat names and texts. */
export type WireParams = Readonly<Record<string, string>>;

/** What is wrong with a parameter, without the code that a product gives it. */
export interface Problem {
  kind: "missing" | "length" | "format" | "value";
  /** The top-level name, `CustomFields` for `CustomFields.1.FieldName`. */
  parameter: string;
  /** The name as it was on the wire. */
  path: string;
}

/** Turns a problem into the code and message of a product. */
export type Refuse = (problem: Problem) => ApiError;

/** How the parameters of a call are checked. */
export interface ParamRules {
  /** What becomes of a parameter that the action does not have. */
  unknownParameters: "ignore" | "refuse";
  refuse: Refuse;
}
