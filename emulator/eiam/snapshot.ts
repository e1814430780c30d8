import { z } from "zod";
import { distinctBy } from "../product/distinctBy";
import { firstSeed, type Ids } from "../product/ids";

const epochMs = z.number().int();
const now = epochMs.default(() => Date.now());

const organizationalUnitSchema = z.strictObject({
  organizationalUnitId: z.string().min(1),
  organizationalUnitName: z.string(),
  parentId: z.string().optional(),
  description: z.string().default(""),
  createTime: now,
  updateTime: now,
});

const customFieldSchema = z.strictObject({
  fieldName: z.string().min(1),
  /** True where every user must have a value. */
  required: z.boolean().optional(),
  /** True where no two users may have the same value. */
  unique: z.boolean().optional(),
  /** A regular expression that every value must match. */
  pattern: z.string().refine(isRegularExpression, "it is no regular expression").optional(),
});

// z.record would lose a field of the name __proto__.
const customFieldValues = z.custom<Record<string, string>>(isTextByName, "it is no object of texts");

const eiamUserSchema = z.strictObject({
  userId: z.string().min(1),
  username: z.string(),
  displayName: z.string().optional(),
  description: z.string().optional(),
  phoneRegion: z.string().optional(),
  phoneNumber: z.string().optional(),
  phoneNumberVerified: z.boolean().default(false),
  email: z.string().optional(),
  emailVerified: z.boolean().default(false),
  userExternalId: z.string(),
  userSourceType: z.enum(["build_in", "ding_talk", "ad", "ldap", "we_com"]).default("build_in"),
  userSourceId: z.string(),
  status: z.enum(["enabled", "disabled"]).default("enabled"),
  primaryOrganizationalUnitId: z.string(),
  organizationalUnitIds: z.array(z.string()),
  customFields: customFieldValues.default(() => ({})),
  groups: z
    .array(
      z.strictObject({ groupId: z.string(), groupName: z.string(), description: z.string().default("") }),
    )
    .default(() => []),
  preferredLanguage: z.string().optional(),
  accountExpireTime: epochMs.optional(),
  lockExpireTime: epochMs.optional(),
  passwordExpireTime: epochMs.default(-1),
  passwordSet: z.boolean().default(false),
  passwordDigest: z.string().optional(),
  registerTime: now,
  createTime: now,
  updateTime: now,
});

/** One IDaaS instance in a snapshot. */
export const eiamInstanceSchema = z
  .strictObject({
    instanceId: z.string().min(1),
    rootOrganizationalUnitId: z.string().min(1),
    organizationalUnits: z.array(organizationalUnitSchema).superRefine(distinctBy("organizationalUnitId")),
    customFields: z.array(customFieldSchema).default(() => []),
    /** The ClientTokens that were used, each with a digest of its call. */
    clientTokens: z
      .array(z.strictObject({ clientToken: z.string(), callDigest: z.string(), userId: z.string() }))
      .default(() => []),
    /** What the ids of its users are derived from, and how many it has given. */
    idSeed: z.string().default(() => firstSeed("random")),
    createdUsers: z.number().int().nonnegative().default(0),
    users: z
      .array(eiamUserSchema)
      .superRefine(distinctBy("userId", "username"))
      .default(() => []),
  })
  .superRefine(refuseUnknownUnits);

/** The EIAM part of a snapshot. */
export const eiamSnapshotSchema = z.strictObject({
  instances: z.array(eiamInstanceSchema).superRefine(distinctBy("instanceId")),
});

/** The EIAM part of a snapshot. */
export type EiamSnapshot = z.infer<typeof eiamSnapshotSchema>;
/** An IDaaS instance in a snapshot. */
export type EiamInstance = z.infer<typeof eiamInstanceSchema>;
/** A user of an IDaaS instance. */
export type EiamUser = z.infer<typeof eiamUserSchema>;
/** An organizational unit of an IDaaS instance. */
export type EiamOrganizationalUnit = z.infer<typeof organizationalUnitSchema>;
/** The definition of a custom field. */
export type EiamCustomField = z.infer<typeof customFieldSchema>;

function isRegularExpression(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}

function isTextByName(value: unknown): boolean {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && Object.values(value).every((each) => typeof each === "string");
}

type Members = Pick<EiamInstance, "rootOrganizationalUnitId" | "organizationalUnits" | "users">;

function refuseUnknownUnits(instance: Members, context: z.RefinementCtx): void {
  const ids = new Set(instance.organizationalUnits.map((unit) => unit.organizationalUnitId));
  const message = "there is no such organizational unit";
  if (!ids.has(instance.rootOrganizationalUnitId)) {
    context.addIssue({ code: "custom", path: ["rootOrganizationalUnitId"], message });
  }
  const lost = instance.users.findIndex((user) => !user.organizationalUnitIds.every((id) => ids.has(id)));
  if (lost >= 0)
    context.addIssue({ code: "custom", path: ["users", lost, "organizationalUnitIds"], message });
}

/** A new IDaaS instance: a root, two units below it, and two custom fields. */
export function firstEiamInstance(instanceId: string, ids: Ids): EiamInstance {
  const suffix = instanceId.replace(/^idaas_/, "");
  const root = `ou_root_${suffix}`;
  const times = { description: "", createTime: Date.now(), updateTime: Date.now() };
  const unit = (id: string, name: string, parentId?: string) => ({
    organizationalUnitId: id,
    organizationalUnitName: name,
    parentId,
    ...times,
  });
  return {
    instanceId,
    rootOrganizationalUnitId: root,
    organizationalUnits: [
      unit(root, "root"),
      unit(`ou_sales_${suffix}`, "sales", root),
      unit(`ou_support_${suffix}`, "support", root),
    ],
    customFields: [{ fieldName: "nick_name" }, { fieldName: "age", pattern: "^\\d+$" }],
    clientTokens: [],
    idSeed: firstSeed(ids),
    createdUsers: 0,
    users: [],
  };
}
