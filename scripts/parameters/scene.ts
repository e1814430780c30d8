import { z } from "zod";
import { flatten } from "../../provider/api/client";
import { serviceOf } from "../../provider/resources/services";
import { stored } from "../../provider/core/state";
import { planAfterCreate, planCreate, planUpdate, type PlannedCall } from "../../provider/core/plan";
import type { Attribute } from "../../provider/core/attribute";
import type { Call, Values, Wire } from "../../provider/core/wire";
import type { Resource } from "../../provider/core/resource";
import { requestKeyOf } from "../../provider/core/identity";
import { rowsOf } from "../../provider/core/resource";

/** All that the calls about one user are planned from. Each part is changed in turn to see which parameters follow it. */
export interface Scene {
  declared: Values;
  user: Wire;
  token: string;
  region: string;
  cursor: string;
  filter: Wire;
  /** What the look for what keeps a user from being deleted finds, by its action. */
  found: Readonly<Record<string, string>>;
}

/** A planned call with its parameters as they go over the wire, and what it is planned for. */
export interface Planned extends Call {
  when: string;
}

/** One of two examples of everything. */
export type Which = 1 | 2;

/** A scene made of the first or the second example of everything. */
export function sceneOf(resource: Resource, which: Which): Scene {
  const user = liveUser(resource, which);
  const looks = (resource.delete.dependents?.(user) ?? []).map(({ find }) => [find.action, `${which}`]);
  return {
    declared: declaredOf(resource, which),
    user,
    token: `${which}`,
    region: `${which}`,
    cursor: `${which}`,
    filter: Object.fromEntries((resource.filters ?? []).map((wire) => [wire, `${which}`])),
    found: Object.fromEntries(looks) as Scene["found"],
  };
}

/** An example of every attribute; the second differs from the first wherever the schema has two values. */
export function declaredOf(resource: Resource, which: Which): Values {
  return Object.fromEntries(rowsOf(resource).map(([name, row]) => [name, example(name, row, which)]));
}

type JsonSchema = z.core.JSONSchema._JSONSchema;

function example(name: string, { schema }: Attribute, which: Which): unknown {
  return exampleOf(name, z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), which);
}

function exampleOf(name: string, schema: JsonSchema, which: Which): unknown {
  if (typeof schema === "boolean") return undefined;
  if ("const" in schema) return schema.const;
  if (schema.enum) return schema.enum[which - 1];
  if (schema.anyOf) return exampleOf(name, schema.anyOf[0] ?? true, which);
  if (schema.type === "boolean") return which === 1;
  if (schema.type === "integer") return which;
  if (schema.type === "array") return [exampleOf(name, schema.items as JsonSchema, which)];
  if (schema.type !== "object") return `${name} ${which}`;
  const parts = Object.entries(
    schema.properties ?? { [`key ${which}`]: schema.additionalProperties ?? true },
  );
  return Object.fromEntries(parts.map(([key, part]) => [key, exampleOf(key, part, which)]));
}

/** A live user that is in an organizational unit besides its primary one. */
function liveUser(resource: Resource, which: Which): Wire {
  const named = [...resource.identity, resource.nameField].map((wire) => [wire, `${wire} ${which}`]);
  const units = {
    PrimaryOrganizationalUnitId: "primary",
    OrganizationalUnits: [{ OrganizationalUnitId: "further" }],
  };
  return { ...Object.fromEntries(named), ...units };
}

/** Every call that there can be about the user of a scene. */
export function everyCall(resource: Resource, scene: Scene): Planned[] {
  const { regionParameter } = serviceOf(resource.service);
  const region = regionParameter === undefined ? {} : { [regionParameter]: scene.region };
  return [...reads(resource, scene), ...writes(resource, scene), ...deletes(resource, scene)].map(
    ({ action, params, when }) => ({ action, params: flatten({ ...params, ...region }), when }),
  );
}

function reads(resource: Resource, scene: Scene): Planned[] {
  const { get, list } = resource.read;
  const scope = Object.fromEntries(resource.identity.slice(0, -1).map((wire) => [wire, scene.user[wire]]));
  const narrowed = {
    ...list.page(scene.cursor),
    ...(list.filterByName && { [list.filterByName]: "name" }),
    ...scene.filter,
  };
  return [
    ...planned("read", [{ action: get.action, params: { ...scope, [get.by]: scene.user[get.by] } }]),
    ...planned("read of many, look-up", [{ action: list.action, params: { ...scope, ...narrowed } }]),
    ...planned("check", [asked(resource, scene.declared, resource.prefetch)]),
  ];
}

function writes(resource: Resource, { declared, user, token }: Scene): Planned[] {
  const after = planAfterCreate(holding(resource, {}), declared, user);
  const changes = [...after, ...updates(resource, {}, declared, user)];
  return [
    ...planned("create", [
      asked(resource, declared, resource.create.defaults?.call),
      planCreate(resource, declared, {}, token),
    ]),
    ...changes.flatMap((step) => planned(`a change of ${step.covers.map(code).join(", ")}`, [step])),
  ];
}

function deletes(resource: Resource, scene: Scene): Planned[] {
  const requestKey = requestKeyOf(resource, scene.user);
  const dependents = resource.delete.dependents?.(requestKey) ?? [];
  const inTheWay = dependents.flatMap(({ find, remove }) => [
    find,
    ...remove(found(scene.found[find.action])),
  ]);
  return [
    ...planned("delete", [{ action: resource.delete.action, params: requestKey }]),
    ...planned('delete with `onDelete: "lock"`', [resource.lock?.(requestKey)]),
    ...planned("delete with `forceDestroy`", inTheWay),
  ];
}

function planned(when: string, calls: readonly (Call | undefined)[]): Planned[] {
  return calls.flatMap((call) => (call ? [{ ...call, when }] : []));
}

/** The call that asks for what a program leaves open: one attribute, not that of the instance, is left out. */
function asked(resource: Resource, declared: Values, ask: Resource["prefetch"]): Call | undefined {
  return rowsOf(resource)
    .filter(([, { field: wire }]) => !resource.identity.includes(wire))
    .map(([name]) => ask?.(without(declared, name)))
    .find((call) => call !== undefined);
}

/** What the action takes from the answer of the call that looks for what keeps a user from being deleted. */
export function foundBy(resource: Resource, action: string): string | undefined {
  const dependents = resource.delete.dependents?.(sceneOf(resource, 1).user) ?? [];
  const looking = dependents.find(({ remove }) => remove(found("1")).some((call) => call.action === action));
  return looking && `what ${code(looking.find.action)} finds`;
}

/** What the pages show as the answers to the looks for dependents. */
function found(text: string | undefined): Wire {
  return {
    AccessKeys: { AccessKey: [{ AccessKeyId: text }] },
    Policies: { Policy: [{ PolicyType: text, PolicyName: text }] },
    Groups: { Group: [{ GroupName: text }] },
    LoginProfile: { UserName: text },
    MFADevice: { SerialNumber: text },
  };
}

/** The calls that bring a user who has these live values, whatever the wire says, to the desired ones. */
export function updates(resource: Resource, live: Values, desired: Values, user: Wire): PlannedCall[] {
  const comparison = { state: stored(live), inputs: desired, user, ignored: [] };
  return planUpdate(holding(resource, live), comparison);
}

function holding(resource: Resource, live: Values): Resource {
  const rows = rowsOf(resource).map(([name, row]): [string, Attribute] => [
    name,
    { ...row, read: row.writeOnly ? row.read : () => live[name] },
  ]);
  return { ...resource, attributes: Object.fromEntries(rows) };
}

export function without(values: Values, name: string): Values {
  return Object.fromEntries(Object.entries(values).filter(([each]) => each !== name));
}

export function code(text: string): string {
  return `\`${text}\``;
}
