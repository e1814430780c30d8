import { isUnknown } from "./unknown";
import { pick } from "./values";
import type { Values, Wire } from "./wire";

/** Why a declared value cannot be: the attribute, and a sentence with the way out. */
export interface Failure {
  property: string;
  reason: string;
}

/** What holds between several attributes. */
export interface Rule {
  /** The attributes that the check needs; it waits while one of them is unknown. */
  readonly attributes: readonly string[];
  readonly check: RuleCheck;
}

/** Judges the values of a rule's attributes, with the answer of the resource's `prefetch`; returns nothing when all is well. */
type RuleCheck = (values: Values, prefetched: Wire | undefined) => Failure | undefined;

/** Declares a rule between these attributes. */
export function rule(attributes: readonly string[], check: RuleCheck): Rule {
  return { attributes, check };
}

/** The failures of the rules whose attributes are all known. */
export function brokenRules(rules: readonly Rule[], inputs: Values, prefetched: Wire | undefined): Failure[] {
  return rules
    .filter(({ attributes }) => !attributes.some((name) => isUnknown(inputs[name])))
    .flatMap(({ attributes, check }) => check(pick(inputs, attributes), prefetched) ?? []);
}
