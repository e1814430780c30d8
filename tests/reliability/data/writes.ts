import { createHash } from "node:crypto";
import type { ProductName } from "../../../emulator";

export type Values = Readonly<Record<string, unknown>>;

/** A call that changes an account, and a program that brings it about. Values `before` and `after` are the emulator's. */
export interface Write {
  product: ProductName;
  /** The class of the user. */
  kind: "RamUser" | "BastionhostUser" | "EiamUser";
  action: string;
  /** What the program does with the user. */
  program: string;
  verb: "create" | "update" | "delete";
  /** What the program declares; where it creates no user, in the run before. */
  declared: Values;
  /** What an update declares instead. */
  change?: Values;
  /** What others have done to the user meanwhile. */
  others?: Values;
  /** The user while the call is not carried out; absent where there is none. */
  before?: Values;
  /** The user once the call is carried out; absent where there is none. */
  after?: Values;
  /** Whether the user is gone once the program is through, though not by this call. */
  endsGone?: boolean;
}

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

const ann = { displayName: "Ann" };
const annB = { displayName: "Ann B." };

const ram = { product: "Ram", kind: "RamUser" } as const;

/** A RAM user that is deleted with all that keeps RAM from deleting it. */
const destroyed = {
  ...({ ...ram, verb: "delete", endsGone: true } as const),
  program: "is taken out, with `forceDestroy`",
  declared: { ...ann, forceDestroy: true },
  others: {
    accessKeys: [{ accessKeyId: "key", status: "Active" }],
    policies: [{ policyType: "System", policyName: "ReadOnlyAccess" }],
    groups: [{ groupName: "ops" }],
    loginProfile: { passwordDigest: digest("Aa1!aaaa") },
    mfaDevice: { serialNumber: "device", type: "VMFA" },
  },
};

const ramWrites: readonly Write[] = [
  {
    ...ram,
    action: "CreateUser",
    verb: "create",
    program: "is created",
    declared: ann,
    after: ann,
  },
  {
    ...ram,
    action: "UpdateUser",
    verb: "update",
    program: "gets another display name",
    declared: ann,
    change: annB,
    before: ann,
    after: annB,
  },
  {
    ...ram,
    action: "DeleteUser",
    verb: "delete",
    program: "is taken out",
    declared: ann,
    before: ann,
  },
  {
    ...destroyed,
    action: "UpdateAccessKey",
    before: { accessKeys: [{ status: "Active" }] },
    after: { accessKeys: [{ status: "Inactive" }] },
  },
  {
    ...destroyed,
    action: "DeleteAccessKey",
    before: { accessKeys: [{ status: "Inactive" }] },
    after: { accessKeys: [] },
  },
  {
    ...destroyed,
    action: "DetachPolicyFromUser",
    before: { policies: [{}] },
    after: { policies: [] },
  },
  {
    ...destroyed,
    action: "RemoveUserFromGroup",
    before: { groups: [{}] },
    after: { groups: [] },
  },
  {
    ...destroyed,
    action: "DeleteLoginProfile",
    before: { loginProfile: {} },
    after: { loginProfile: undefined },
  },
  {
    ...destroyed,
    action: "UnbindMFADevice",
    before: { mfaDevice: {} },
    after: { mfaDevice: undefined },
  },
];

const bastionhost = { product: "Bastionhost", kind: "BastionhostUser" } as const;
const local = { ...ann, source: "Local", userName: "ann", password: "Aa1!aaaa" };
const normal = { userState: ["Normal"] };
const frozen = { userState: ["Frozen"] };

const bastionhostWrites: readonly Write[] = [
  {
    ...bastionhost,
    action: "CreateUser",
    verb: "create",
    program: "is created",
    declared: local,
    after: ann,
  },
  {
    ...bastionhost,
    action: "LockUsers",
    verb: "create",
    program: "is created, locked",
    declared: { ...local, locked: true },
    before: { ...ann, ...normal },
    after: { ...ann, ...frozen },
  },
  {
    ...bastionhost,
    action: "ModifyUser",
    verb: "update",
    program: "gets another display name",
    declared: local,
    change: annB,
    before: ann,
    after: annB,
  },
  {
    ...bastionhost,
    action: "LockUsers",
    verb: "update",
    program: "is locked",
    declared: local,
    change: { locked: true },
    before: normal,
    after: frozen,
  },
  {
    ...bastionhost,
    action: "UnlockUsers",
    verb: "update",
    program: "is unlocked",
    declared: { ...local, locked: true },
    change: { locked: false },
    before: frozen,
    after: normal,
  },
  {
    ...bastionhost,
    action: "DeleteUser",
    verb: "delete",
    program: "is taken out",
    declared: local,
    before: ann,
  },
  {
    ...bastionhost,
    action: "LockUsers",
    verb: "delete",
    program: 'is taken out, with `onDelete: "lock"`',
    declared: { ...local, onDelete: "lock" },
    before: normal,
    after: frozen,
  },
];

const eiam = { product: "Eiam", kind: "EiamUser" } as const;
const sales = "ou_sales_demo0001";
const support = "ou_support_demo0001";
const inSales = { ...ann, username: "ann", primaryOrganizationalUnitId: sales };
const enabled = { status: "enabled" };
const disabled = { status: "disabled" };
const never = { lockExpireTime: undefined };
const late = { lockExpireTime: 4_102_444_800_000 };

const eiamWrites: readonly Write[] = [
  {
    ...eiam,
    action: "CreateUser",
    verb: "create",
    program: "is created",
    declared: inSales,
    after: ann,
  },
  {
    ...eiam,
    action: "DisableUser",
    verb: "create",
    program: "is created, disabled",
    declared: { ...inSales, ...disabled },
    before: { ...ann, ...enabled },
    after: { ...ann, ...disabled },
  },
  {
    ...eiam,
    action: "UpdateUser",
    verb: "update",
    program: "gets another display name",
    declared: inSales,
    change: annB,
    before: ann,
    after: annB,
  },
  {
    ...eiam,
    action: "UpdateUserDescription",
    verb: "update",
    program: "gets another description",
    declared: { ...inSales, description: "one" },
    change: { description: "two" },
    before: { description: "one" },
    after: { description: "two" },
  },
  {
    ...eiam,
    action: "UpdateUserPassword",
    verb: "update",
    program: "gets another password",
    declared: { ...inSales, password: "Aa1!aaaaaa" },
    change: { password: "Bb2!bbbbbb" },
    before: { passwordDigest: digest("Aa1!aaaaaa") },
    after: { passwordDigest: digest("Bb2!bbbbbb") },
  },
  {
    ...eiam,
    action: "SetUserPrimaryOrganizationalUnit",
    verb: "update",
    program: "moves to another primary unit",
    declared: inSales,
    change: { primaryOrganizationalUnitId: support },
    before: { primaryOrganizationalUnitId: sales },
    after: { primaryOrganizationalUnitId: support },
  },
  {
    ...eiam,
    action: "AddUserToOrganizationalUnits",
    verb: "update",
    program: "joins another unit",
    declared: { ...inSales, organizationalUnitIds: [] },
    change: { organizationalUnitIds: [support] },
    before: { organizationalUnitIds: [sales] },
    after: { organizationalUnitIds: [sales, support] },
  },
  {
    ...eiam,
    action: "RemoveUserFromOrganizationalUnits",
    verb: "update",
    program: "leaves a unit",
    declared: { ...inSales, organizationalUnitIds: [support] },
    change: { organizationalUnitIds: [] },
    before: { organizationalUnitIds: [sales, support] },
    after: { organizationalUnitIds: [sales] },
  },
  {
    ...eiam,
    action: "EnableUser",
    verb: "update",
    program: "is enabled",
    declared: { ...inSales, ...disabled },
    change: enabled,
    before: disabled,
    after: enabled,
  },
  {
    ...eiam,
    action: "DisableUser",
    verb: "update",
    program: "is disabled",
    declared: inSales,
    change: disabled,
    before: enabled,
    after: disabled,
  },
  {
    ...eiam,
    action: "UnlockUser",
    verb: "update",
    program: "is unlocked",
    declared: { ...inSales, locked: false },
    others: late,
    change: {},
    before: late,
    after: never,
  },
  {
    ...eiam,
    action: "DeleteUser",
    verb: "delete",
    program: "is taken out",
    declared: inSales,
    before: ann,
  },
  {
    ...eiam,
    action: "DisableUser",
    verb: "delete",
    program: 'is taken out, with `onDelete: "lock"`',
    declared: { ...inSales, onDelete: "lock" },
    before: enabled,
    after: disabled,
  },
];

/** The APIs by the names that messages give them. */
export const apiNames: Readonly<Record<ProductName, string>> = {
  Ram: "RAM",
  Bastionhost: "Bastionhost",
  Eiam: "EIAM",
};

/** Every call by which the provider changes an account. */
export const writes: readonly Write[] = [...ramWrites, ...bastionhostWrites, ...eiamWrites];

/** What others have written into every user before the provider changes it, and what no program declares. */
export const undeclared: Readonly<Record<ProductName, Values>> = {
  Ram: { comments: "Written by others" },
  Bastionhost: { comment: "Written by others" },
  Eiam: { email: "ann@example.com", emailVerified: true },
};
