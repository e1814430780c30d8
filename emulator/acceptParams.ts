import type { z } from "zod";
import type { Problem, Refuse, WireParams } from "./action";
import { unflatten } from "./unflatten";
import { unsupportedParameter } from "./unsupportedParameter";

type Issue = z.core.$ZodIssue;

/** Parses wire parameters by the operation's own list; one that it does not have is refused by name. */
export function acceptParams<Accepted extends z.ZodObject>(
  accepted: Accepted,
  params: WireParams,
  refuse: Refuse,
): z.output<Accepted> {
  const nested = unflatten(params);
  const parsed = accepted.safeParse(nested);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const unknown = issues.map((issue) => unknownName(issue, nested)).find((name) => name !== undefined);
  if (unknown !== undefined) throw unsupportedParameter(nameOnWire(params, unknown));
  throw refuse(problemOf(issues[0]!, nested));
}

function nameOnWire(params: WireParams, name: string): string {
  return Object.keys(params).find((each) => each === name || each.startsWith(`${name}.`)) ?? name;
}

function unknownName(issue: Issue, nested: object): string | undefined {
  if (issue.code === "unrecognized_keys") return wirePath([...issue.path, issue.keys[0] ?? ""]);
  // A flattened list under a name that takes one text (`UserIds.1=7`) is a name the operation lacks.
  const isWrongShape = issue.code === "invalid_type" || issue.code === "invalid_union";
  const value = valueAt(nested, issue.path);
  if (!isWrongShape || typeof value !== "object") return undefined;
  return wirePath(issue.path);
}

function problemOf(issue: Issue, nested: object): Problem {
  return {
    kind: valueAt(nested, issue.path) === undefined ? "missing" : kindOf(issue),
    parameter: String(issue.path[0] ?? ""),
    path: wirePath(issue.path),
  };
}

function kindOf(issue: Issue): Problem["kind"] {
  if (issue.code === "invalid_format") return "format";
  const isBound = issue.code === "too_small" || issue.code === "too_big";
  return isBound && issue.origin === "string" ? "length" : "value";
}

function wirePath(path: readonly PropertyKey[]): string {
  return path.map((step) => (typeof step === "number" ? step + 1 : String(step))).join(".");
}

function valueAt(nested: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step],
    nested,
  );
}
