import { writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { productOf } from "../provider/api/products";
import type { Step } from "../provider/core/plan";
import type { Attribute, Resource } from "../provider/core/resource";
import { leave, rowsOf } from "../provider/core/resource";
import { resources } from "../provider/resources";
import { notCalled, pages, spared } from "./parameters/pages";
import type { Planned, Scene, Which } from "./parameters/scene";
import { code, declaredOf, everyCall, sceneOf, updates, without } from "./parameters/scene";

const both: readonly Which[] = [1, 2];

/** Every call that the provider may send about a user, in both examples, since one value may take another action than the other. */
export function callsOf(resource: Resource): Planned[] {
  return both.flatMap((which) => everyCall(resource, sceneOf(resource, which)));
}

/** What carries each parameter, by `<action> <parameter>`: what it follows when that alone changes. */
export function carriersOf(resource: Resource): Map<string, string> {
  const calls = callsOf(resource);
  const followed = both.flatMap((which) => followedBy(resource, sceneOf(resource, which)));
  const carriers = [...valuesOf(calls)].map(([key, values]): [string, string] => {
    const own = followed.flatMap(([carrier, keys]) => (keys.includes(key) ? [carrier] : []));
    return [
      key,
      [...new Set(own)].join(", ") || onlyPurpose(calls, key) || `always ${[...values].map(code).join()}`,
    ];
  });
  return new Map(carriers);
}

/** The parameters that change when one part of the scene does. A call that comes or goes with the change tells nothing. */
function followedBy(resource: Resource, scene: Scene): [carrier: string, keys: string[]][] {
  const values = valuesOf(everyCall(resource, scene));
  return changesOf(resource, scene).map(([carrier, changed]) => {
    const calls = everyCall(resource, { ...scene, ...changed });
    const other = valuesOf(calls);
    const isSent = (key: string) => calls.some(({ action }) => key.startsWith(`${action} `));
    const keys = [...values.keys()].filter(
      (key) => isSent(key) && !isDeepStrictEqual(values.get(key), other.get(key)),
    );
    return [carrier, keys];
  });
}

/** What a parameter can follow, and how that alone becomes another. */
function changesOf(resource: Resource, scene: Scene): [carrier: string, changed: Partial<Scene>][] {
  const other = both
    .map((which) => sceneOf(resource, which))
    .find(({ token }) => token !== scene.token) as Scene;
  const attributes = rowsOf(resource).flatMap(([name]): [string, Partial<Scene>][] => [
    [code(name), { declared: { ...scene.declared, [name]: other.declared[name] } }],
    [code(name), { declared: without(scene.declared, name) }],
  ]);
  const looks = Object.entries(other.found).map(([action, text]): [string, Partial<Scene>] => [
    `what ${code(action)} finds`,
    { found: { ...scene.found, [action]: text } },
  ]);
  return [
    ...attributes,
    ...looks,
    ["identity", { user: other.user }],
    ["token", { token: other.token }],
    ["region", { region: other.region }],
    ["paging", { cursor: other.cursor }],
    ["filter of the look-ups", { filter: other.filter }],
  ];
}

/** The values of every parameter; what is within a list counts for the list. */
function valuesOf(calls: readonly Planned[]): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>();
  for (const { action, params } of calls)
    for (const [name, value] of Object.entries(params)) {
      const key = `${action} ${name.replace(/\.\d+(?=\.|$)/g, "")}`;
      values.set(key, (values.get(key) ?? new Set()).add(String(value)));
    }
  return values;
}

/** The attribute that the action is called for, where there is but one. */
function onlyPurpose(calls: readonly Planned[], key: string): string | undefined {
  const whens = calls.filter(({ action }) => key.startsWith(`${action} `)).map(({ when }) => when);
  const attributes = [...new Set(whens)].map((when) => /^a change of (`\w+`)$/.exec(when)?.[1]);
  return attributes.length === 1 ? attributes[0] : undefined;
}

/** What comes of it when the program changes the attribute alone. */
function onChange(resource: Resource, name: string, row: Attribute): string {
  if (row.change === "replace") return "new user";
  if (row.change === "fixed") return "refused: counts at creation";
  const steps = changeAlone(resource, name);
  if (steps.length > 0) return `in place${by(resource, steps)}`;
  const sentWith = rowsOf(resource)
    .map(([other]) => other)
    .filter((other) => changeAlone(resource, other).some(({ params }) => params[row.wire] !== undefined));
  return `sent with the next ${sentWith.map(code).join(", ")}`;
}

/** What comes of it when the program lets the attribute go. */
function onRemoval(resource: Resource, name: string, row: Attribute): string {
  if (!row.schema.isOptional()) return "required";
  if (row.change === "replace") return "new user";
  if (!("clear" in row)) return "refused";
  const { declared, user } = sceneOf(resource, 1);
  const { [name]: other } = declaredOf(resource, 2);
  const live = isDeepStrictEqual(declared[name], row.clear) ? { ...declared, [name]: other } : declared;
  const steps = updates(resource, live, without(declared, name), user);
  if (row.clear === leave || steps.length === 0) return "nothing to send";
  const result = row.byKey ? "each key is removed" : `set back to ${code(JSON.stringify(row.clear))}`;
  return `${result}${by(resource, steps)}`;
}

/** The calls for a change from one example to the other, or where there is but one, from none. */
function changeAlone(resource: Resource, name: string): Step[] {
  const { declared, user } = sceneOf(resource, 1);
  const { [name]: other } = declaredOf(resource, 2);
  const live = isDeepStrictEqual(declared[name], other) ? without(declared, name) : declared;
  return updates(resource, live, { ...declared, [name]: other }, user);
}

function by(resource: Resource, steps: readonly Step[]): string {
  const actions = [...new Set(steps.map(({ action }) => action))];
  return isDeepStrictEqual(actions, [resource.update.action]) ? "" : ` by ${actions.map(code).join(", ")}`;
}

/** The rows of one page's table: the parameter, what carries it, and what becomes of that. */
export function rowsOfPage(
  resource: Resource,
  action: string,
  carriers: ReadonlyMap<string, string>,
): string[][] {
  return (pages[resource.product]?.[action] ?? "").split(" ").map((parameter) => {
    const reason = spared[`${resource.product} ${action} ${parameter}`];
    const carrier = carriers.get(`${action} ${parameter}`) ?? reason ?? "nothing";
    const name = /^`(\w+)`$/.exec(carrier)?.[1] ?? "";
    const row = resource.attributes[name];
    const life = row ? [onChange(resource, name, row), onRemoval(resource, name, row)] : ["–", "–"];
    return [code(parameter), carrier, ...life];
  });
}

const head = ["parameter", "carried by", "when it changes", "when it is taken out"];

/** The text of the file: a table for each page. */
export function parametersPage(): string {
  const sections = resources.flatMap((resource) => {
    const [calls, carriers] = [callsOf(resource), carriersOf(resource)];
    return Object.keys(pages[resource.product] ?? {}).map((action) => {
      const whens = calls.filter((call) => call.action === action).map(({ when }) => when);
      const title = `## ${productOf(resource.product).name} ${action}`;
      const sentOn = `Sent on: ${[...new Set(whens)].join("; ")}.`;
      return [title, sentOn, table([head, ...rowsOfPage(resource, action, carriers)])].join("\n\n");
    });
  });
  const rest = notCalled.map(([product, actions, reason]) => `- ${product} ${actions}: ${reason}.`);
  return `${[introduction, ...sections, "## Not called", rest.join("\n")].join("\n\n")}\n`;
}

const introduction = `# Parameters

Every parameter on the vendor's pages of the operations that the provider calls, and what carries it: an attribute of
the program, or one of these. **identity**: the names in the resource's id; **region**: the option \`regionId\`, or the
configured region; **token**: made for each create, the same for every try of it.

\`npm run parameters\` makes this page from the tables in \`provider/resources\`: it plans every call, then plans them again
with one thing changed, and what a parameter follows carries it.`;

function table(rows: readonly string[][]): string {
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const [first, ...others] = rows.map((row) =>
    line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0))),
  );
  return [first, line(widths.map((width) => "-".repeat(width))), ...others].join("\n");
}

/** Where the page stands. */
export const file = path.resolve(__dirname, "../docs/parameters.md");

if (require.main === module) writeFileSync(file, parametersPage());
