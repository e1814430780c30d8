import type { Resource } from "../../provider/core/resource";
import { rowsOf } from "../../provider/core/resource";
import { resources } from "../../provider/resources";
import { callsOf, carriersOf } from "./carriers";
import { rowsOfPage } from "./everyPage";
import { onChange, onRemoval } from "./life";
import { pages } from "./pages";
import { code } from "./scene";
import { table } from "./table";

/** A table for each kind of user, folded: every attribute, and the parameters of the writing operations that carry it. */
export function overview(): string {
  return resources.map(folded).join("\n\n");
}

const head = ["attribute", "sent as", "when it changes", "when it is taken out"];

function folded(resource: Resource): string {
  const carried = carriedBy(resource);
  const attributes = rowsOf(resource).map(([name, row]) => [
    code(name),
    sentAs(carried.get(code(name)) ?? new Map([["", actionsFor(resource, name)]])),
    ...[onChange(resource, name, row), onRemoval(resource, name, row)].map(withoutActions),
  ]);
  const names = rowsOf(resource).map(([name]) => code(name));
  const others = [...carried].filter(([carrier]) => !names.includes(carrier));
  const rest = others.map(([carrier, parameters]) => [carrier, sentAs(parameters), "–", "–"]);
  return [
    `<details>\n<summary>${resource.type}: ${writing(resource).join(", ")}</summary>`,
    table(head, [...attributes, ...rest]),
    "</details>",
  ].join("\n\n");
}

/** The operations by what carries their parameters, and then by these parameters. */
function carriedBy(resource: Resource): Map<string, Map<string, string[]>> {
  const carriers = carriersOf(resource);
  const carried = new Map<string, Map<string, string[]>>();
  for (const action of writing(resource)) {
    const rows = rowsOfPage(resource, action, carriers);
    for (const carrier of new Set(rows.map(([, each]) => each ?? ""))) {
      const parameters = rows
        .flatMap(([parameter, each]) => (each === carrier ? [parameter] : []))
        .join(", ");
      const actions = carried.get(carrier) ?? new Map<string, string[]>();
      carried.set(carrier, actions.set(parameters, [...(actions.get(parameters) ?? []), action]));
    }
  }
  return carried;
}

/** The operations that make a user or change one, in the order of the pages. */
function writing(resource: Resource): string[] {
  const { create } = resource;
  const isWritten = (action: string) =>
    action === create.action || callsOf(resource).some((call) => call.action === action && isChange(call));
  return Object.keys(pages[resource.service] ?? {}).filter(isWritten);
}

const isChange = ({ when }: { when: string }): boolean => when.startsWith("a change of ");

/** The operations called for an attribute that no parameter carries. */
function actionsFor(resource: Resource, name: string): string[] {
  const calls = callsOf(resource).filter((call) => isChange(call) && call.when.includes(code(name)));
  return [...new Set(calls.map(({ action }) => action))];
}

/** Operations that take the same parameters are named together: CreateUser, ModifyUser `Comment`. */
function sentAs(actions: ReadonlyMap<string, readonly string[]>): string {
  return [...actions].map(([parameters, taking]) => `${taking.join(", ")} ${parameters}`.trim()).join("; ");
}

/** The operations have a column of their own. */
function withoutActions(text: string): string {
  return text.replace(/ by `.*/, "");
}
