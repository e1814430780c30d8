import type { z } from "zod";
import { isRemovable } from "./attribute";
import { declaredNames } from "./decode";
import { reasonOfNumber, withDigits } from "./digits";
import { type Resource, rowOf, rowsOf } from "./resource";
import { brokenRules, type Failure } from "./rule";
import { withValue } from "./withValue";
import { escapeText } from "./showText";
import { withoutHidden } from "./state";
import { isUnknown } from "./unknown";
import { entryOf, isSame } from "./values";
import type { Values, Wire } from "./wire";

/** What `check` was asked: the values declared before (absent at a creation) and those declared now. */
export interface Declaration {
  previous: Values | undefined;
  declared: Values;
  /** The answer of the resource's `prefetch`, when there was one. */
  prefetched?: Wire | undefined;
  /** Attributes whose change replaces the user, by the program's wish; "*" for all. */
  replaceOnChanges?: readonly string[];
  /** The attributes that are certainly not secret, whose wrong values are shown. */
  shown?: readonly string[] | undefined;
}

/** What came of a check: the declared values in their one form, and why they cannot be, if so. */
export interface Checked {
  inputs: Values;
  failures: Failure[];
}

/** The declared values in their one form, and why they cannot be, if so. Unknown values pass, and their rules wait. */
export function check(resource: Resource, declaration: Declaration): Checked {
  const { previous, declared, prefetched, replaceOnChanges } = declaration;
  const { inputs, failures } = checkValues(resource, declared, declaration);
  const wrong = new Set(failures.map(({ property }) => property));
  const forbidden = checkChange(resource, { previous, declared: inputs, prefetched, replaceOnChanges });
  return { inputs, failures: [...failures, ...forbidden.filter(({ property }) => !wrong.has(property))] };
}

/** `check` of the values alone, whether they are to make a user or to change one. */
export function checkValues(
  resource: Resource,
  values: Values,
  { prefetched, shown = [] }: Pick<Declaration, "prefetched" | "shown">,
): Checked {
  const declared = withoutEmpty(values);
  const names = [...Object.keys(resource.attributes), ...Object.keys(resource.options)];
  const unknownNames = Object.keys(declared).filter((name) => !names.includes(name));
  const inputs: Values = {};
  const failures: Failure[] = unknownNames.map((name) => unknownAttribute(resource, name, names));
  for (const name of names) {
    const schema = resource.attributes[name]?.schema ?? (resource.options[name] as z.ZodType);
    if (isUnknown(declared[name])) inputs[name] = declared[name];
    else {
      const result = schema.safeParse(withDigits(schema, declared[name]));
      if (result.success && result.data !== undefined) inputs[name] = result.data;
      failures.push(
        ...(result.success
          ? unsendable([name], declared[name]).map((reason) => ({ property: name, reason }))
          : sentences(name, declared[name], { issues: result.error.issues, isShown: shown.includes(name) })),
      );
    }
  }
  if (failures.length === 0) failures.push(...brokenRules(resource.rules, inputs, prefetched));
  return { inputs, failures };
}

/** What the API cannot do on the way from the values before to those of now: make such a user, or change it so. */
export function checkChange(
  resource: Resource,
  { previous, declared, replaceOnChanges = [], prefetched }: Declaration,
): Failure[] {
  if (previous === undefined || isReplaced(resource, previous, declared, replaceOnChanges))
    return brokenRules(resource.create.rules ?? [], declared, prefetched);
  return rowsOf(resource).flatMap(([name, row]) => {
    if (isUnknown(declared[name]) || isSame(previous[name], declared[name])) return [];
    if (declared[name] === undefined) return isRemovable(row) ? [] : cannotClear(resource, name);
    return row.createOnly ? cannotChange(resource, name) : [];
  });
}

function withoutEmpty(values: Values): Values {
  return Object.fromEntries(
    Object.entries(withoutHidden(values)).filter(([, value]) => value !== undefined && value !== null),
  );
}

function isReplaced(
  resource: Resource,
  previous: Values,
  declared: Values,
  replaceOnChanges: readonly string[],
): boolean {
  return declaredNames(resource, { ...previous, ...declared }).some((name) => {
    const isNamed = [name, "*"].some((each) => replaceOnChanges.includes(each));
    const row = rowOf(resource, name);
    const replaces = row.replaceOnChange && row.changedAt?.(declared, "program") === undefined;
    return (isNamed || replaces) && !isSame(previous[name], declared[name]);
  });
}

const waysOut = (name: string) =>
  `replace the user on this change with the resource option replaceOnChanges: ["${name}"], ` +
  `or ignore the change with ignoreChanges: ["${name}"].`;

function cannotClear(resource: Resource, name: string): Failure[] {
  const reason = `"${name}" was removed, but the API cannot clear it. Keep it, ${waysOut(name)}`;
  return [{ property: name, reason }];
}

function cannotChange(resource: Resource, name: string): Failure[] {
  const reason = `"${name}" can be set only when the user is created; the API cannot change it later. Keep the old value, ${waysOut(name)}`;
  return [{ property: name, reason }];
}

function unknownAttribute(resource: Resource, name: string, names: string[]): Failure {
  const alike = names.find((known) => known.toLowerCase() === name.toLowerCase());
  const advice = alike ? `Did you mean "${alike}"?` : `It has: ${names.join(", ")}.`;
  return { property: name, reason: `${quote([name])} is not an attribute of ${resource.type}. ${advice}` };
}

/** Failures in words, with the value only where it may be shown. What has the wrong type is not judged further. */
function sentences(
  name: string,
  value: unknown,
  { issues, isShown }: { issues: readonly z.core.$ZodIssue[]; isShown: boolean },
): Failure[] {
  const wrongType = issues.filter(({ code }) => code === "invalid_type");
  return (wrongType.length > 0 ? wrongType : issues).map((issue) => {
    const given = issue.path.reduce((inner, key) => entryOf(inner, String(key)), value);
    const reason =
      given === undefined
        ? "is required, and the program does not set it."
        : (reasonOfNumber(issue, given) ?? reasonOf(issue));
    const sentence = isShown ? withValue(reason, given) : reason;
    return { property: name, reason: `${quote([name, ...issue.path])} ${sentence}` };
  });
}

/** Why a value cannot reach the API as it is, were it right otherwise: a text within it, or a key. */
function unsendable(path: readonly string[], value: unknown): string[] {
  if (typeof value === "string") {
    const what = unsendableCharacter(value);
    return what === undefined ? [] : [`${quote(path)} holds ${what}, which cannot be sent. Take it out.`];
  }
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...path, key];
    if (key === "__proto__")
      return [`${quote(place)} has a name that JavaScript reserves, so it cannot be managed. Take it out.`];
    const isKeyWrong = unsendableCharacter(key) !== undefined;
    return unsendable(place, isKeyWrong ? key : inner);
  });
}

function unsendableCharacter(text: string): string | undefined {
  if (/\p{Surrogate}/u.test(text)) return "half a character (a lone surrogate)";
  return text.includes("\0") ? "a NUL character" : undefined;
}

/** An attribute, or a place within it, in quotes. */
function quote(path: readonly PropertyKey[]): string {
  return escapeText(JSON.stringify(path.join(".")));
}

const kinds: Readonly<Record<string, string>> = {
  array: "an array",
  object: "an object",
  record: "an object",
};

function reasonOf(issue: z.core.$ZodIssue): string {
  const worded = !/^(Too |Invalid |Unrecognized )/.test(issue.message);
  if (worded) return issue.message;
  if (issue.code === "invalid_type") return `must be ${kinds[issue.expected] ?? `a ${issue.expected}`}.`;
  if (issue.code === "invalid_value") return `must be ${oneOf(issue.values)}.`;
  if (issue.code === "unrecognized_keys")
    return `has no ${issue.keys.map((key) => quote([key])).join(", ")}.`;
  if (issue.code === "invalid_key")
    return `is not a possible name: it ${issue.issues.map(reasonOf).join(" ")}`;
  if (issue.code === "too_big") return `must be at most ${issue.maximum}${unit(issue.origin)}.`;
  if (issue.code !== "too_small") return issue.message;
  if (issue.origin === "string" && issue.minimum === 1) return "must not be empty.";
  return `must be at least ${issue.minimum}${unit(issue.origin)}.`;
}

function oneOf(values: readonly unknown[]): string {
  const quoted = values.map((value) => JSON.stringify(value));
  return quoted.length === 1 ? `${quoted[0]}` : `one of ${quoted.join(", ")}`;
}

function unit(origin: string): string {
  if (origin === "string") return " characters long";
  return origin === "array" ? " in number" : "";
}
