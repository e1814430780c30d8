import { z } from "zod";
import { ApiError } from "../product/apiError";
import { type Collection, collection } from "../product/collection";
import { distinctBy } from "../product/distinctBy";
import type { World } from "../product/product";

/** The two-factor methods of Bastionhost, by the values that go over the wire. */
export const twoFactorMethod = z.enum(["sms", "email", "dingtalk", "totp", "gmusbkey"]);

/** The states that Bastionhost reports of a user. */
export const userState = z.enum([
  "Normal",
  "Frozen",
  "Expired",
  "RemoteDeleted",
  "Inactive",
  "PasswordExpired",
  "RemoteDNChanged",
  "RemoteFrozen",
]);

const text = z.string().default("");

const bastionhostUserSchema = z.strictObject({
  userId: z.string().regex(/^\d+$/),
  userName: z.string(),
  displayName: text,
  source: z.enum(["Local", "Ram", "AD", "LDAP"]).default("Local"),
  sourceUserId: text,
  comment: text,
  email: text,
  mobile: text,
  mobileCountryCode: z.string().default("CN"),
  effectiveStartTime: z.number().int().optional(),
  effectiveEndTime: z.number().int().optional(),
  needResetPassword: z.boolean().default(false),
  twoFactorStatus: z.enum(["Global", "Disable", "Enable"]).default("Global"),
  twoFactorMethods: z.array(twoFactorMethod).default(() => []),
  languageStatus: z.enum(["Global", "Custom"]).default("Global"),
  language: z.enum(["", "zh-cn", "en"]).default(""),
  userState: z.array(userState).default(() => ["Normal" as const]),
  userGroupIds: z.array(z.string()).default(() => []),
  passwordDigest: z.string().optional(),
});

const twoFactorConfigSchema = z.strictObject({
  enableTwoFactor: z.boolean(),
  skipTwoFactorTime: z.number().int().min(0).max(168).default(0),
  twoFactorMethods: z.array(twoFactorMethod).default(() => []),
});

/** One bastion host in a snapshot; what is left out is as on a new one. */
export const bastionhostInstanceSchema = z.strictObject({
  instanceId: z.string().min(1),
  /** True once the host is released or has expired. */
  released: z.boolean().default(false),
  twoFactor: twoFactorConfigSchema.default(() => ({
    enableTwoFactor: false,
    skipTwoFactorTime: 0,
    twoFactorMethods: [],
  })),
  nextUserId: z.number().int().positive().default(1),
  users: z
    .array(bastionhostUserSchema)
    .superRefine(distinctBy("userId", "userName"))
    .default(() => []),
});

/** The Bastionhost part of a snapshot. */
export const bastionhostSnapshotSchema = z.strictObject({
  instances: z.array(bastionhostInstanceSchema).superRefine(distinctBy("instanceId")),
});

/** The Bastionhost part of a snapshot. */
export type BastionhostSnapshot = z.infer<typeof bastionhostSnapshotSchema>;
/** A bastion host in a snapshot. */
export type BastionhostInstance = z.infer<typeof bastionhostInstanceSchema>;
/** A user of a bastion host. */
export type BastionhostUser = z.infer<typeof bastionhostUserSchema>;

/** A bastion host in memory. */
export interface Bastionhost extends Omit<BastionhostInstance, "users"> {
  readonly users: Collection<BastionhostUser, "userName">;
}

/** All bastion hosts of the account, by InstanceId. */
export type Bastionhosts = Collection<Bastionhost>;

/** Builds a bastion host from its plain form. */
export function bastionhostOf(instance: BastionhostInstance): Bastionhost {
  const names = { userName: (user: BastionhostUser) => user.userName };
  const nextUserId = instance.users.reduce(
    (next, user) => Math.max(next, Number(user.userId) + 1),
    instance.nextUserId,
  );
  return {
    ...instance,
    nextUserId,
    users: collection((user) => user.userId, names, instance.users),
  };
}

/** Builds the bastion hosts of a snapshot. */
export function bastionhosts(snapshot: BastionhostSnapshot): Bastionhosts {
  return collection((host) => host.instanceId, {}, snapshot.instances.map(bastionhostOf));
}

/** The bastion hosts as plain JSON. */
export function bastionhostSnapshot(hosts: Bastionhosts): BastionhostSnapshot {
  return { instances: [...hosts.rows()].map((host) => ({ ...host, users: [...host.users.rows()] })) };
}

/** The bastion host that a call names, if it can be used. */
export function findBastionhost({ state }: World<Bastionhosts>, instanceId: string): Bastionhost {
  const host = state.get(instanceId);
  // No page names the code for an unknown instance (unverified); this one differs from that of an unknown user.
  if (!host) throw new ApiError(404, "InstanceNotFound", "The instance is not found.");
  if (!host.released) return host;
  throw new ApiError(400, "Commodity.BizError.InvalidStatus", "The status of the instance is invalid.");
}

/** The user that a call names on a bastion host. */
export function findBastionhostUser(host: Bastionhost, userId: string): BastionhostUser {
  const user = host.users.get(userId);
  if (!user) throw new ApiError(404, "UserNotFound", "The user is not found.");
  return user;
}
