import { writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { flatten } from "../provider/api/client";
import { productOf } from "../provider/api/products";
import { planAfterCreate, planCreate, planUpdate, type Step } from "../provider/core/plan";
import type { Attribute, Call, Resource, Values, Wire } from "../provider/core/resource";
import { addressOf, leave, rowsOf } from "../provider/core/resource";
import { resources } from "../provider/resources";

/** The parameters on the vendor's pages, by product and action; those of every RPC call (`Action`, `Signature`, …) left out. */
export const pages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ram: {
    CreateUser: "UserName DisplayName MobilePhone Email Comments",
    GetUser: "UserName",
    UpdateUser: "UserName NewUserName NewDisplayName NewMobilePhone NewEmail NewComments",
    DeleteUser: "UserName",
    ListUsers: "Marker MaxItems",
    ListAccessKeys: "UserName",
    UpdateAccessKey: "UserAccessKeyId Status UserName",
    DeleteAccessKey: "UserAccessKeyId UserName",
    ListPoliciesForUser: "UserName",
    DetachPolicyFromUser: "PolicyType PolicyName UserName ResourceGroupId",
    ListGroupsForUser: "UserName",
    RemoveUserFromGroup: "UserName GroupName",
    GetLoginProfile: "UserName",
    DeleteLoginProfile: "UserName",
    GetUserMFAInfo: "UserName",
    UnbindMFADevice: "UserName",
  },
  Bastionhost: {
    CreateUser:
      "InstanceId RegionId Source SourceUserId UserName Password DisplayName Comment Email Mobile MobileCountryCode " +
      "EffectiveStartTime EffectiveEndTime NeedResetPassword TwoFactorStatus TwoFactorMethods LanguageStatus Language",
    GetUser: "InstanceId RegionId UserId",
    ModifyUser:
      "InstanceId RegionId UserId Password DisplayName Comment Email Mobile MobileCountryCode " +
      "EffectiveStartTime EffectiveEndTime NeedResetPassword TwoFactorStatus TwoFactorMethods LanguageStatus Language",
    DeleteUser: "InstanceId RegionId UserId",
    LockUsers: "InstanceId RegionId UserIds",
    UnlockUsers: "InstanceId RegionId UserIds",
    ListUsers:
      "InstanceId RegionId PageNumber PageSize UserName DisplayName Mobile SourceUserId Source UserState UserGroupId",
    GetInstanceTwoFactor: "InstanceId RegionId",
  },
  Eiam: {
    CreateUser:
      "InstanceId Username DisplayName Password PhoneRegion PhoneNumber PhoneNumberVerified Email EmailVerified " +
      "UserExternalId PrimaryOrganizationalUnitId OrganizationalUnitIds Description " +
      "CustomFields.FieldName CustomFields.FieldValue " +
      "PasswordInitializationConfig.PasswordInitializationPolicyPriority " +
      "PasswordInitializationConfig.PasswordForcedUpdateStatus " +
      "PasswordInitializationConfig.PasswordInitializationType " +
      "PasswordInitializationConfig.UserNotificationChannels ClientToken",
    GetUser: "InstanceId UserId",
    UpdateUser:
      "InstanceId UserId Username DisplayName PhoneRegion PhoneNumber PhoneNumberVerified Email EmailVerified " +
      "CustomFields.FieldName CustomFields.FieldValue CustomFields.Operation",
    UpdateUserDescription: "InstanceId UserId Description",
    UpdateUserPassword: "InstanceId UserId Password PasswordForcedUpdateStatus UserNotificationChannels",
    SetUserPrimaryOrganizationalUnit: "InstanceId UserId OrganizationalUnitId",
    AddUserToOrganizationalUnits: "InstanceId UserId OrganizationalUnitIds",
    RemoveUserFromOrganizationalUnits: "InstanceId UserId OrganizationalUnitIds",
    EnableUser: "InstanceId UserId",
    DisableUser: "InstanceId UserId",
    UnlockUser: "InstanceId UserId",
    DeleteUser: "InstanceId UserId",
    ListUsers:
      "InstanceId PageNumber PageSize NextToken MaxResults UserIds UsernameStartsWith DisplayNameStartsWith " +
      "PhoneRegion PhoneNumber Email UserExternalId UserSourceId UserSourceType Status OrganizationalUnitId",
    GetRootOrganizationalUnit: "InstanceId",
  },
};

/** Parameters of those pages that nothing has to carry, and why. */
export const spared: Readonly<Record<string, string>> = {
  "Ram DetachPolicyFromUser ResourceGroupId":
    "not sent: RAM lists attachments in the scope of the account alone",
  "Eiam ListUsers NextToken": "not sent: PageNumber pages as well",
  "Eiam ListUsers MaxResults": "not sent: PageSize pages as well",
};

/** Pages about a user whose operation is not called, and why. */
const notCalled: readonly (readonly [product: string, actions: string, reason: string])[] = [
  ["RAM", "AddUserToGroup", "who is in a group is not an attribute of the user"],
  ["Bastionhost", "AddUsersToGroup", "who is in a group is not an attribute of the user"],
  [
    "EIAM",
    "AddUsersToGroup, RemoveUsersFromGroup, ListGroupsForUser",
    "who is in a group is not an attribute of the user",
  ],
  ["EIAM", "DeleteUsers", "users are deleted one by one, each with a verdict of its own"],
];

/** All that the calls about one user are planned from. Each part is changed in turn to see which parameters follow it. */
interface Scene {
  declared: Values;
  user: Wire;
  token: string;
  region: string;
  cursor: string | undefined;
  filter: Wire;
  /** What the look for an obstacle of a delete finds, by its action. */
  found: Readonly<Record<string, string>>;
}

/** A planned call, and what it is planned for. */
interface Planned extends Call {
  when: string;
}

/** An example of what a program may declare for an attribute; the second differs from the first wherever the schema has two. */
function example(name: string, { schema }: Attribute, which: 1 | 2): unknown {
  return exampleOf(name, z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), which);
}

function exampleOf(name: string, schema: z.core.JSONSchema._JSONSchema, which: 1 | 2): unknown {
  if (typeof schema === "boolean") return undefined;
  if ("const" in schema) return schema.const;
  if (schema.enum) return schema.enum[which - 1];
  const inner = (part: z.core.JSONSchema._JSONSchema, own = name) => exampleOf(own, part, which);
  if (schema.anyOf) return inner(schema.anyOf[0] ?? true);
  if (schema.type === "boolean") return which === 1;
  if (schema.type === "integer") return which;
  if (schema.type === "array") return [inner((schema.items ?? true) as z.core.JSONSchema._JSONSchema)];
  if (schema.type !== "object") return `${name} ${which}`;
  const named = Object.entries(schema.properties ?? { [`key ${which}`]: schema.additionalProperties });
  return Object.fromEntries(named.map(([key, part]) => [key, inner(part ?? true, key)]));
}

function declared(resource: Resource, which: 1 | 2): Values {
  return Object.fromEntries(rowsOf(resource).map(([name, row]) => [name, example(name, row, which)]));
}

/** A live user that is in an organizational unit besides its primary one. */
function liveUser(resource: Resource, which: 1 | 2): Wire {
  const named = [...resource.identity, resource.unique].map((wire) => [wire, `${wire} ${which}`]);
  const units = { PrimaryOrganizationalUnitId: "unit", OrganizationalUnits: [{ OrganizationalUnitId: "left" }] };
  return { ...Object.fromEntries(named), ...units };
}

function sceneOf(resource: Resource): Scene {
  const found = (resource.delete.obstacles?.(liveUser(resource, 1)) ?? []).map(({ find }) => [find.action, "1"]);
  return {
    ...{ declared: declared(resource, 1), user: liveUser(resource, 1), token: "1", region: "1" },
    ...{ cursor: "1", filter: filterOf(resource, "1"), found: Object.fromEntries(found) as Scene["found"] },
  };
}

function filterOf(resource: Resource, value: string): Wire {
  return Object.fromEntries((resource.filters ?? []).map((wire) => [wire, value]));
}

/** The resource over an account that holds these values, whatever the wire says. */
function holding(resource: Resource, live: Values): Resource {
  const rows = rowsOf(resource).map(([name, row]) => [
    name,
    { ...row, read: row.read && (() => live[name] as unknown) },
  ]);
  return { ...resource, attributes: Object.fromEntries(rows) as Resource["attributes"] };
}

function updates(resource: Resource, live: Values, desired: Values, user: Wire): Step[] {
  const known = holding(resource, live);
  return planUpdate(known, { previous: live, desired, user, ignored: [], unread: [] });
}

/** Every call that there can be about the user of a scene, its parameters as they go over the wire. */
function everyCall(resource: Resource, scene: Scene): Planned[] {
  const product = productOf(resource.product);
  const { identity, lock } = resource;
  const address = addressOf(resource, scene.user);
  const scope = Object.fromEntries(identity.slice(0, -1).map((wire) => [wire, scene.user[wire]]));
  const when = (word: string, calls: readonly (Call | undefined)[]): Planned[] =>
    calls.flatMap((call) => (call ? [{ ...call, when: word }] : []));
  const changes = (steps: Step[]): Planned[] =>
    steps.map((step) => ({ ...step, when: `a change of ${step.covers.map(code).join(", ")}` }));
  const named = { [product.get.parameter]: scene.user[product.get.parameter] };
  const list = { ...scope, ...product.list.page(scene.cursor), ...product.list.named("name"), ...scene.filter };
  const planned = [
    ...when("create", [planCreate(resource, scene.declared, {}, scene.token)]),
    ...when("create", [resource.create.defaults?.ask(without(scene.declared, ["primaryOrganizationalUnitId"]))]),
    ...changes(planAfterCreate(holding(resource, {}), scene.declared, scene.user)),
    ...changes(updates(resource, {}, scene.declared, scene.user)),
    ...when("check", [resource.fact?.(scopedOnly(resource, scene.declared))]),
    ...when("read", [{ action: product.get.action, params: { ...scope, ...named } }]),
    ...when("read of many, look-up", [{ action: product.list.action, params: list }]),
    ...when("delete", [{ action: resource.delete.action, params: address }]),
    ...when('delete with `onDelete: "lock"`', [lock?.(address)]),
    ...when("delete with `forceDestroy`", obstacleCalls(resource, scene, address)),
  ];
  const region = product.regionParameter === undefined ? {} : { [product.regionParameter]: scene.region };
  return planned.map(({ action, params, when }) => ({ action, params: flatten({ ...params, ...region }), when }));
}

function without(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

/** The instance alone, of which the rules may have to ask. */
function scopedOnly(resource: Resource, values: Values): Values {
  const scope = rowsOf(resource).filter(([, { wire }]) => resource.identity.includes(wire));
  return { ...Object.fromEntries(scope.map(([name]) => [name, values[name]])), organizationalUnitIds: [] };
}

/** What the pages show as the answers to the looks for obstacles. */
const found = (text: string): Wire => ({
  AccessKeys: { AccessKey: [{ AccessKeyId: text }] },
  Policies: { Policy: [{ PolicyType: text, PolicyName: text }] },
  Groups: { Group: [{ GroupName: text }] },
  LoginProfile: { UserName: text },
  MFADevice: { SerialNumber: text },
});

function obstacleCalls(resource: Resource, scene: Scene, address: Wire): Call[] {
  const obstacles = resource.delete.obstacles?.(address) ?? [];
  return obstacles.flatMap(({ find, remove }) => [find, ...remove(found(scene.found[find.action] ?? ""))]);
}

/** What a parameter can follow, and the scenes in which that alone is another. */
function changesOf(resource: Resource, scene: Scene): [carrier: string, changed: Partial<Scene>][] {
  const other = declared(resource, 2);
  const attributes = rowsOf(resource).flatMap(([name]): [string, Partial<Scene>][] => [
    [code(name), { declared: { ...scene.declared, [name]: other[name] } }],
    [code(name), { declared: without(scene.declared, [name]) }],
  ]);
  const obstacles = Object.keys(scene.found).map((action): [string, Partial<Scene>] => [
    `what ${code(action)} finds`,
    { found: { ...scene.found, [action]: "2" } },
  ]);
  return [
    ...attributes,
    ...obstacles,
    ["identity", { user: liveUser(resource, 2) }],
    ["token", { token: "2" }],
    ["region", { region: "2" }],
    ["paging", { cursor: "2" }],
    ["filter of the look-ups", { filter: filterOf(resource, "2") }],
  ];
}

/** The values of every parameter, by action and name; a list's elements count as one. */
function valuesOf(calls: readonly Planned[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { action, params } of calls)
    for (const [name, value] of Object.entries(params)) {
      const key = `${action} ${name.replace(/\.\d+(?=\.|$)/g, "")}`;
      values.set(key, [...(values.get(key) ?? []), String(value)]);
    }
  return values;
}

/** What carries each parameter, by action and name: what it follows when that alone changes. */
export function carriersOf(resource: Resource): Map<string, string> {
  const scene = sceneOf(resource);
  const calls = everyCall(resource, scene);
  const values = valuesOf(calls);
  const carriers = new Map<string, Set<string>>([...values.keys()].map((key) => [key, new Set()]));
  for (const [carrier, changed] of changesOf(resource, scene)) {
    const otherCalls = everyCall(resource, { ...scene, ...changed });
    const other = valuesOf(otherCalls);
    const sent = new Set(otherCalls.map(({ action }) => action));
    for (const [key, set] of carriers)
      if (sent.has(key.split(" ")[0] ?? "") && !isDeepStrictEqual(values.get(key), other.get(key))) set.add(carrier);
  }
  return new Map(
    [...carriers].map(([key, set]) => [key, [...set].join(", ") || constantOf(calls, key, values.get(key) ?? [])]),
  );
}

/** A parameter that follows nothing belongs to the one attribute that the call is made for, or is always the same. */
function constantOf(calls: readonly Planned[], key: string, values: readonly string[]): string {
  const whens = calls.filter(({ action }) => key.startsWith(`${action} `)).map(({ when }) => when);
  const only = [...new Set(whens)].map((when) => /^a change of (`\w+`)$/.exec(when)?.[1]);
  return only.length === 1 && only[0] ? only[0] : `always ${[...new Set(values)].map(code).join(", ")}`;
}

/** What is sent for an attribute when the program changes it, alone. */
function onChange(resource: Resource, name: string, row: Attribute): string {
  if (row.change === "replace") return "new user";
  if (row.change === "fixed") return "refused: counts at creation";
  const [live, next] = [declared(resource, 1), declared(resource, 2)];
  const planFor = (changed: string) => {
    const before = { ...live, [changed]: undefined };
    const after = { ...live, [changed]: next[changed] };
    return updates(resource, isDeepStrictEqual(live[changed], next[changed]) ? before : live, after, liveUser(resource, 1));
  };
  const steps = planFor(name);
  if (steps.length > 0) return `in place${by(resource, steps)}`;
  const sentWith = rowsOf(resource)
    .filter(([other]) => planFor(other).some(({ params }) => params[row.wire] !== undefined))
    .map(([other]) => code(other));
  return `sent with the next ${sentWith.join(", ")}`;
}

/** What is sent for an attribute when the program lets it go. */
function onRemoval(resource: Resource, name: string, row: Attribute): string {
  if (!row.schema.isOptional()) return "required";
  if (row.change === "replace") return "new user";
  if (!("clear" in row)) return "refused";
  const live = declared(resource, 1);
  const held = isDeepStrictEqual(live[name], row.clear) ? { ...live, [name]: declared(resource, 2)[name] } : live;
  const steps = updates(resource, held, without(live, [name]), liveUser(resource, 1));
  if (row.clear === leave || steps.length === 0) return "nothing to send";
  return row.byKey ? "each key is removed" : `set back to ${code(JSON.stringify(row.clear))}${by(resource, steps)}`;
}

function by(resource: Resource, steps: readonly Step[]): string {
  const actions = [...new Set(steps.map(({ action }) => action))];
  return isDeepStrictEqual(actions, [resource.update.action]) ? "" : ` by ${actions.map(code).join(", ")}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

/** The rows of one page's table. */
export function rowsOfPage(resource: Resource, action: string): string[][] {
  const carriers = carriersOf(resource);
  return (pages[resource.product]?.[action] ?? "").split(" ").map((parameter) => {
    const reason = spared[`${resource.product} ${action} ${parameter}`];
    const carrier = carriers.get(`${action} ${parameter}`) ?? reason ?? "nothing";
    const name = /^`(\w+)`$/.exec(carrier)?.[1];
    const row = name === undefined ? undefined : resource.attributes[name];
    const lives = row && name !== undefined ? [onChange(resource, name, row), onRemoval(resource, name, row)] : ["–", "–"];
    return [code(parameter), carrier, ...lives];
  });
}

/** The actions that the provider may send about a user. */
export function actionsOf(resource: Resource): string[] {
  return [...new Set(everyActionOf(resource).map(({ action }) => action))];
}

/** The calls of both examples, since one value may be set by another action than the other. */
function everyActionOf(resource: Resource): Planned[] {
  const scene = sceneOf(resource);
  return [...everyCall(resource, scene), ...everyCall(resource, { ...scene, declared: declared(resource, 2) })];
}

/** The file: a table for each page, made by planning. */
export function parametersPage(): string {
  const titles = { Ram: "RAM", Bastionhost: "Bastionhost", Eiam: "EIAM" } as Readonly<Record<string, string>>;
  const sections = resources.flatMap((resource) => {
    const calls = everyActionOf(resource);
    const actions = Object.keys(pages[resource.product] ?? {});
    return actions.flatMap((action) => {
      const whens = calls.filter((call) => call.action === action).map(({ when }) => when);
      return [
        `## ${titles[resource.product]} ${action}`,
        `Sent on: ${[...new Set(whens)].join("; ")}.`,
        table([["parameter", "carried by", "when it changes", "when it is taken out"], ...rowsOfPage(resource, action)]),
      ];
    });
  });
  const rest = notCalled.map(([product, actions, reason]) => `- ${product} ${actions}: ${reason}.`).join("\n");
  return `${[introduction, ...sections, "## Not called", rest].join("\n\n")}\n`;
}

const introduction = `# Parameters

Every parameter on the vendor's pages of the operations that the provider calls, and what carries it: an attribute of
the program, or one of these. **identity**: the ids that name the user, from the resource's id; **region**: the option
\`regionId\`, or the configured region; **token**: made for each create, the same for every try of it.

Made from the tables in \`provider/resources\` by \`npm run parameters\`: every call is planned, then planned again with one
thing changed, and what a parameter follows carries it. Not to be edited.`;

function table(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const padded = rows.map((row) => line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0))));
  return [padded[0], line(widths.map((width) => "-".repeat(width))), ...padded.slice(1)].join("\n");
}

export const file = path.resolve(__dirname, "../docs/parameters.md");

if (require.main === module) writeFileSync(file, parametersPage());
