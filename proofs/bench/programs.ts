import { inYaml } from "../../people/yamlText";
import type { Values } from "../../provider/core/wire";

/** The kinds of user, as the emulator and the SDK name them; EIAM users also with custom fields, which take a Get each. */
export type Kind = "Ram" | "Bastionhost" | "Eiam" | "EiamCustomFields";

/** The class of a kind in the SDK. */
export const classOf: Readonly<Record<Kind, string>> = {
  Ram: "RamUser",
  Bastionhost: "BastionhostUser",
  Eiam: "EiamUser",
  EiamCustomFields: "EiamUser",
};

/** How a program's users reach the provider. */
export type Frontend = "dynamic" | "plugin";

const moduleOf: Readonly<Record<Frontend, string>> = {
  dynamic: "pulumi-alicloud-users",
  plugin: "pulumi-alicloud-users/plugin",
};

const eiamArguments =
  "instanceId: 'idaas_demo0001', username: name, displayName: `User ${i}`, description: `Number ${i}`, email: `${name}@example.com`, emailVerified: true";

/** The arguments of the user with number `i`, six attributes each or seven, as the text of an object. */
const argumentsOf: Readonly<Record<Kind, string>> = {
  Ram: "{ userName: name, displayName: `User ${i}`, email: `${name}@example.com`, mobilePhone: '86-18600001000', comments: `Number ${i}`, onDelete: 'delete' }",
  Bastionhost:
    "{ instanceId: 'bastionhost-cn-demo0001', source: 'Ram', sourceUserId: `9000${i}`, userName: name, displayName: `User ${i}`, email: `${name}@example.com`, mobile: '13500000000' }",
  Eiam: `{ ${eiamArguments} }`,
  EiamCustomFields: `{ ${eiamArguments}, customFields: { nick_name: \`Number \${i}\` } }`,
};

/** A program of `count` users, named from `user-0` on, or with another prefix. */
export function users(kind: Kind, count: number, prefix = "user", frontend: Frontend = "dynamic"): string {
  return `
const { ${classOf[kind]} } = require("${moduleOf[frontend]}");
for (let i = 0; i < ${count}; i++) {
  const name = \`${prefix}-\${i}\`;
  new ${classOf[kind]}(name, ${argumentsOf[kind]});
}`;
}

/** The program whose RAM users are those of `users.yaml`, a file beside it. */
export const usersFromFile = `require("pulumi-alicloud-users").usersFromFile("users.yaml");`;

/** A file of people that declares the same RAM users. */
export function peopleFile(count: number): string {
  const people = Array.from({ length: count }, (_, i) => `  user-${i}:\n    ram: ${inYaml(ramUser(i))}\n`);
  return `people:\n${people.join("")}`;
}

/** The program of RAM users in YAML, whose users are those of the plugin. */
export function yamlUsers(count: number): string {
  const user = (i: number) => ({ type: "alicloud-users:RamUser", properties: ramUser(i) });
  const entries = Array.from({ length: count }, (_, i) => [`user-${i}`, user(i)]);
  return `resources: ${JSON.stringify(Object.fromEntries(entries))}\n`;
}

const ramUser = (i: number): Values => ({
  userName: `user-${i}`,
  displayName: `User ${i}`,
  email: `user-${i}@example.com`,
  mobilePhone: "86-18600001000",
  comments: `Number ${i}`,
  onDelete: "delete",
});

/** The same program with a provider that does nothing: the engine's own floor. */
export function floor(kind: Kind, count: number): string {
  return plain(kind, count, "return {changes:false}");
}

/** The program, whose SDK puts no stack of its promises into words, as for our users (`sdk/programTrace.ts`). */
export const withoutTraces = (program: string): string => `Error.stackTraceLimit = 0;${program}`;

/** The same program with a provider that asks the account for each RAM user, and does nothing else. */
export function oneGetEach(count: number, endpoint: string): string {
  const settings = JSON.stringify({
    endpoint,
    apiVersion: "2015-05-01",
    accessKeyId: "testid",
    accessKeySecret: "testsecret",
  });
  const client = `globalThis.client??=new(require("@alicloud/pop-core"))(${settings})`;
  const get = `await (${client}).request("GetUser",{UserName:olds.userName},{method:"POST"})`;
  return plain("Ram", count, `${get};return {changes:false}`);
}

/** A program of users whose provider does this in a diff and otherwise nothing. */
function plain(kind: Kind, count: number, diff: string): string {
  const text = `exports.handler=()=>({check:async(o,i)=>({inputs:i}),diff:async(id,olds)=>{${diff}},create:async(i)=>({id:i.__id,outs:i}),read:async(id,props)=>({id,props})})`;
  return `
const pulumi = require("@pulumi/pulumi");
const text = ${JSON.stringify(text)};
class Floor extends pulumi.CustomResource {
  constructor(name, args) {
    const urn = pulumi.createUrn(name, "pulumi-nodejs:dynamic/floor:Floor");
    super("pulumi-nodejs:dynamic/floor:Floor", name, { ...args, __id: name, __urn: urn, __provider: text });
  }
}
for (let i = 0; i < ${count}; i++) {
  const name = \`user-\${i}\`;
  new Floor(name, ${argumentsOf[kind]});
}`;
}
