import { z } from "zod";
import { type Collection, collection } from "../product/collection";
import { distinctBy } from "../product/distinctBy";
import { firstNumber, type Ids } from "../product/ids";
import { isoSeconds } from "../product/isoSeconds";

const isoDate = z.string().default(() => isoSeconds(new Date()));

const accessKeySchema = z.strictObject({
  accessKeyId: z.string(),
  status: z.enum(["Active", "Inactive"]).default("Active"),
  createDate: isoDate,
});

const policyAttachmentSchema = z.strictObject({
  policyType: z.enum(["System", "Custom"]),
  policyName: z.string(),
  attachDate: isoDate,
  /** Set where the policy is attached in the scope of a resource group, which ListPoliciesForUser does not show. */
  resourceGroupId: z.string().optional(),
});

const loginProfileSchema = z.strictObject({
  passwordDigest: z.string(),
  passwordResetRequired: z.boolean().default(false),
  mfaBindRequired: z.boolean().default(false),
  createDate: isoDate,
});

const ramUserSchema = z.strictObject({
  userId: z.string().regex(/^\d{1,18}$/),
  userName: z.string(),
  displayName: z.string().optional(),
  mobilePhone: z.string().optional(),
  email: z.string().optional(),
  comments: z.string().default(""),
  createDate: isoDate,
  updateDate: isoDate,
  lastLoginDate: z.string().optional(),
  accessKeys: z.array(accessKeySchema).default(() => []),
  policies: z.array(policyAttachmentSchema).default(() => []),
  groups: z.array(z.strictObject({ groupName: z.string(), joinDate: isoDate })).default(() => []),
  loginProfile: loginProfileSchema.optional(),
  mfaDevice: z.strictObject({ serialNumber: z.string(), type: z.enum(["VMFA", "U2F"]) }).optional(),
});

const ramGroupSchema = z.strictObject({
  groupId: z.string(),
  groupName: z.string(),
  comments: z.string().default(""),
  createDate: isoDate,
});

/** The RAM part of a snapshot: one account. */
export const ramSnapshotSchema = z
  .strictObject({
    nextUserId: z.string().regex(/^\d{1,18}$/),
    /** The keys of the principal that signs the calls, who is none of the users. */
    callerAccessKeys: z.array(accessKeySchema),
    groups: z.array(ramGroupSchema).superRefine(distinctBy("groupName")),
    users: z.array(ramUserSchema).superRefine(distinctBy("userId", "userName")),
  })
  .superRefine(refuseUnknownGroups);

/** The RAM part of a snapshot: one account. */
export type RamSnapshot = z.infer<typeof ramSnapshotSchema>;
/** A RAM user with all that hangs on it. */
export type RamUser = z.infer<typeof ramUserSchema>;
/** A RAM user group. */
export type RamGroup = z.infer<typeof ramGroupSchema>;
/** An AccessKey pair without its secret, which is never kept. */
export type RamAccessKey = z.infer<typeof accessKeySchema>;

/** The RAM account in memory. */
export interface RamAccount {
  nextUserId: bigint;
  callerAccessKeys: RamAccessKey[];
  readonly groups: Collection<RamGroup>;
  readonly users: Collection<RamUser, "userName">;
  /** How many further reads do not find a new user, by UserId. */
  readonly readsUntilVisible: Map<string, number>;
}

function refuseUnknownGroups(
  snapshot: { groups: RamGroup[]; users: RamUser[] },
  context: z.RefinementCtx,
): void {
  const names = new Set(snapshot.groups.map((group) => group.groupName));
  const lost = snapshot.users.findIndex((user) => user.groups.some((joined) => !names.has(joined.groupName)));
  if (lost < 0) return;
  context.addIssue({ code: "custom", path: ["users", lost, "groups"], message: "there is no such group" });
}

/** Builds the account of a snapshot. */
export function ramAccount(snapshot: RamSnapshot): RamAccount {
  const ids = snapshot.users.map((user) => BigInt(user.userId) + 1n);
  return {
    nextUserId: ids.reduce((next, id) => (id > next ? id : next), BigInt(snapshot.nextUserId)),
    callerAccessKeys: [...snapshot.callerAccessKeys],
    groups: collection((group) => group.groupName, {}, snapshot.groups),
    users: collection((user) => user.userId, { userName: (user) => user.userName }, snapshot.users),
    readsUntilVisible: new Map(),
  };
}

/** The account as plain JSON. */
export function ramSnapshot(account: RamAccount): RamSnapshot {
  return {
    nextUserId: String(account.nextUserId),
    callerAccessKeys: account.callerAccessKeys,
    groups: [...account.groups.rows()],
    users: [...account.users.rows()],
  };
}

/** The account of a new emulator. Its ids are beyond 2^53, so an id that a client rounds is that of another user. */
export function firstRamSnapshot(ids: Ids): RamSnapshot {
  const callerKey = { accessKeyId: "testid", status: "Active" as const, createDate: "2026-01-01T00:00:00Z" };
  const nextUserId = String(firstNumber(ids, { base: 200_000_000_000_000_000n, steps: 2 ** 47, step: 512n }));
  return { nextUserId, callerAccessKeys: [callerKey], groups: [], users: [] };
}
