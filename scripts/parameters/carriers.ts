import { serviceOf } from "../../provider/resources/services";
import type { Attribute } from "../../provider/core/attribute";
import { updateParameterOf } from "../../provider/core/attribute";
import type { Resource } from "../../provider/core/resource";
import { rowsOf } from "../../provider/core/resource";
import type { Planned, Which } from "./scene";
import { code, everyCall, foundBy, sceneOf } from "./scene";

const both: readonly Which[] = [1, 2];

/** Every call that the provider may send about a user, in both examples, since one value may take another action than the other. */
export function callsOf(resource: Resource): Planned[] {
  return both.flatMap((which) => everyCall(resource, sceneOf(resource, which)));
}

/** What carries each parameter that is sent, by `<action> <parameter>`, as the rows and the rest of the table say. */
export function carriersOf(resource: Resource): Map<string, string> {
  const calls = callsOf(resource);
  const carriers = [...valuesOf(calls)].map(([key, values]): [string, string] => {
    const [action, parameter] = key.split(" ") as [string, string];
    const sent = { action, parameter: parameter.split(".")[0] as string, values: [...values] };
    return [key, carrierOf(resource, sent, calls) ?? `always ${sent.values.map(code).join()}`];
  });
  return new Map(carriers);
}

/** A parameter of an action, with the values that both examples give it. */
interface Sent {
  action: string;
  parameter: string;
  values: string[];
}

function carrierOf(resource: Resource, sent: Sent, calls: readonly Planned[]): string | undefined {
  const { action, parameter, values } = sent;
  const whens = calls.filter((call) => call.action === action).map(({ when }) => when);
  const attribute = attributeOf(resource, sent, whens);
  if (attribute !== undefined) return code(attribute);
  if (parameter === serviceOf(resource.service).regionParameter) return "region";
  if (parameter === resource.create.idempotencyToken && action === resource.create.action) return "token";
  const names = [...resource.identity, resource.nameField];
  if (values.some((value) => names.some((field) => value.includes(`${field} `)))) return "identity";
  // What is the same in both examples follows nothing.
  if (values.length === 1) return undefined;
  if (action !== resource.read.list.action) return onlyPurpose(whens) ?? foundBy(resource, action);
  return isFilter(resource, parameter) ? "filter of the look-ups" : "paging";
}

/** The attribute whose row has this parameter, in an action that writes it or asks by it. */
function attributeOf(
  resource: Resource,
  { action, parameter }: Sent,
  whens: readonly string[],
): string | undefined {
  const { create, update, read } = resource;
  if ([read.get.action, read.list.action].includes(action)) return undefined;
  if (whens.some((when) => when.startsWith("delete"))) return undefined;
  const isChange = whens.every((when) => when.startsWith("a change of "));
  const found = rowsOf(resource).find(([name, row]) => {
    if (action === update.action) return isUpdated(row) && updateParameterOf(row) === parameter;
    if (isChange && !whens.some((when) => when.includes(code(name)))) return false;
    return row.field === parameter && (row.create || action !== create.action);
  });
  return found?.[0];
}

const isUpdated = ({ setter, replaceOnChange, createOnly }: Attribute): boolean =>
  setter === undefined && !replaceOnChange && !createOnly;

/** The attribute that the action is called for, where there is but one. */
function onlyPurpose(whens: readonly string[]): string | undefined {
  const attributes = [...new Set(whens)].map((when) => /^a change of (`\w+`)$/.exec(when)?.[1]);
  return attributes.length === 1 ? attributes[0] : undefined;
}

function isFilter({ filters = [], read }: Resource, parameter: string): boolean {
  return [...filters, read.list.filterByName].includes(parameter);
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
