import { productName, productNamed } from "../../emulator/products";
import { type Attribute, isRemovable, updateParameterOf } from "../../provider/core/attribute";
import { callsOf, type KnownCall } from "../../provider/core/calls";
import { type Resource, rowsOf } from "../../provider/core/resource";
import { resources } from "../../provider/resources";
import { serviceOf } from "../../provider/resources/services";
import { leftOut, notCalled } from "./leftOut";
import { code, table } from "./table";

/** The parameters on the API's page of an action, as the emulator takes them. */
export function parametersOf({ service }: Resource, action: string): readonly string[] {
  return productNamed(productName.parse(service)).actions[action]?.accepted ?? [];
}

/** The parameters by which the table would create and update a user, and which the pages of these actions do not have. */
export function unknownParameters(resource: Resource): string[] {
  const { create, update } = resource;
  const calls = callsOf(resource).filter(({ action }) => [create.action, update.action].includes(action));
  return calls.flatMap(({ action, attributes = {} }) => {
    const known = parametersOf(resource, action);
    const unknown = Object.keys(attributes).filter((parameter) => !known.includes(parameter));
    return unknown.map((parameter) => `${action} ${parameter}`);
  });
}

/** What carries a parameter of a call: an attribute in code, another source in words; nothing where nothing does. */
export function carrierOf(resource: Resource, call: KnownCall, parameter: string): string | undefined {
  const { action, attributes = {}, foundBy } = call;
  const { identity, nameField, create, read, filters = [] } = resource;
  const attribute = attributes[parameter];
  if (attribute !== undefined) return code(attribute);
  if (parameter === serviceOf(resource.service).regionParameter) return "region";
  if (action === create.action && parameter === create.idempotencyToken) return "token";
  if (action === read.list.action && filters.includes(parameter)) return "filter";
  if (action === read.list.action && parameter in read.list.page("1")) return "paging";
  // A call for several users names one here.
  if ([...identity, nameField].includes(parameter.replace(/s$/, ""))) return "identity";
  if (leftOut[`${resource.service} ${action} ${parameter}`] !== undefined) return undefined;
  return foundBy && `what ${code(foundBy)} finds`;
}

/** The text of docs/parameters.md. */
export function parametersPage(): string {
  const sections = resources.flatMap((resource) => [
    `### ${resource.type}`,
    attributesTable(resource),
    `The calls for ${resource.type}, and their parameters besides those of attributes:`,
    callsTable(resource),
  ]);
  const rest = notCalled.map(([actions, reason]) => `- ${actions}: ${reason}.`);
  return `${[introduction, "## Attributes of each kind of user", ...sections, "## Not called", rest.join("\n")].join("\n\n")}\n`;
}

/** Each attribute of a kind, with the parameters that carry it, and what a change and a removal come to. */
export function attributesTable(resource: Resource): string {
  const head = ["attribute", `in ${resource.create.action}`, "when it changes", "when it is taken out"];
  const rows = rowsOf(resource).map(([name, row]) => [
    code(name),
    row.create ? code(row.field) : "–",
    onChange(resource, row),
    onRemoval(row),
  ]);
  return table(head, rows);
}

function onChange(resource: Resource, row: Attribute): string {
  if (row.replaceOnChange) return "new user";
  if (row.createOnly) return "refused: counts at creation";
  const parameter = updateParameterOf(row);
  const own = row.setter === undefined ? undefined : resource.setters[row.setter];
  const actions = own?.actions ?? [resource.update.action];
  return actions
    .map((action) =>
      parametersOf(resource, action).includes(parameter) ? `${action} ${code(parameter)}` : action,
    )
    .join(", ");
}

function onRemoval(row: Attribute): string {
  if (!row.schema.isOptional()) return "required";
  if (row.replaceOnChange) return "new user";
  if (!isRemovable(row)) return "refused";
  if (row.onRemoval === "ignore") return "nothing is sent";
  return row.mergeKeys ? "each key is removed" : `set back to ${code(JSON.stringify(row.clear))}`;
}

function callsTable(resource: Resource): string {
  const rows = callsOf(resource).map((call) => {
    const carried = new Map<string, string[]>();
    for (const parameter of parametersOf(resource, call.action)) {
      const reason = leftOut[`${resource.service} ${call.action} ${parameter}`];
      const carrier = carrierOf(resource, call, parameter) ?? `left out, since ${reason}`;
      carried.set(carrier, [...(carried.get(carrier) ?? []), code(parameter)]);
    }
    const others = [...carried].filter(([carrier]) => !carrier.startsWith("`"));
    return [
      call.action,
      call.purpose,
      others.map(([carrier, parameters]) => `${carrier}: ${parameters.join(", ")}`).join("; ") || "–",
    ];
  });
  return table(["call", "what for", "other parameters"], rows);
}

const introduction = `# Parameters

Which parameter of the API carries each attribute, in which call, and what the other parameters carry. **identity**: the
names in the resource's id; **region**: the option \`regionId\`, or the configured region; **token**: made for each create, the
same for every try of it; **filter**: an argument of the look-ups.

\`npm run generate\` makes this page from the tables in \`provider/resources\`. An attribute that is not in CreateUser is set
after it, by the call that changes it; settings of a password go with the next password.`;
