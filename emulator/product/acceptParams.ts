import type { z } from "zod";
import { unflatten } from "./unflatten";
import { unsupportedParameter } from "./unsupportedParameter";
import type { ParamRules, Problem, WireParams } from "./wireParams";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** The business parameters that the gateway takes with every call of every product. */
const acceptedEverywhere = ["RegionId", "OwnerId", "OwnerAccount", "ResourceOwnerId", "ResourceOwnerAccount"];

/** Parses wire parameters by the list of the action. A parameter that is not in it is ignored, or refused by name. */
export function acceptParams<Accepted extends z.ZodObject>(
  accepted: Accepted,
  params: WireParams,
  rules: ParamRules,
): z.output<Accepted> {
  const reject = (name: string): void => {
    if (rules.unknownParameters === "refuse") throw unsupportedParameter(name);
  };
  const nested = unflatten(ownParams(accepted, params), reject);
  for (;;) {
    const parsed = accepted.safeParse(nested);
    if (parsed.success) return parsed.data;
    const { issues } = parsed.error;
    const unknown = issues.flatMap((issue) => unknownPaths(issue, nested));
    if (unknown.length === 0) throw rules.refuse(problemOf(issues[0]!, nested));
    for (const path of unknown) reject(nameOnWire(params, wirePath(path)));
    // From the last to the first, so that the indexes of the others stay right.
    for (const path of unknown.reverse()) removeAt(nested, path);
  }
}

function ownParams(accepted: z.ZodObject, params: WireParams): WireParams {
  const isForeign = (name: string) =>
    acceptedEverywhere.includes(name) && !Object.hasOwn(accepted.shape, name);
  return Object.fromEntries(Object.entries(params).filter(([name]) => !isForeign(name)));
}

function nameOnWire(params: WireParams, name: string): string {
  return Object.keys(params).find((each) => each === name || each.startsWith(`${name}.`)) ?? name;
}

function unknownPaths(issue: Issue, nested: object): Path[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => [...issue.path, key]);
  // A flattened list under a name that takes one text (`UserIds.1=7`) is a name that the action does not have.
  const isWrongShape = issue.code === "invalid_type" || issue.code === "invalid_union";
  return isWrongShape && typeof valueAt(nested, issue.path) === "object" ? [issue.path] : [];
}

function removeAt(nested: object, path: Path): void {
  const parent = valueAt(nested, path.slice(0, -1));
  const last = path.at(-1)!;
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(parent as object, last);
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

function wirePath(path: Path): string {
  return path.map((step) => (typeof step === "number" ? step + 1 : String(step))).join(".");
}

function valueAt(nested: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step],
    nested,
  );
}
