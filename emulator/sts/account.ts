import { z } from "zod";

const roleSchema = z.strictObject({
  roleName: z.string(),
  roleId: z.string().default("300000000000000001"),
  /** The longest session that the role allows, in seconds. */
  maxSessionDuration: z.number().int().min(3600).max(43_200).default(3600),
  /** What a caller must say, where the role's trust policy asks for it. */
  externalId: z.string().optional(),
  /** The name of the OIDC identity provider whose tokens may assume the role. */
  oidcProvider: z.string().optional(),
});

const sessionSchema = z.strictObject({
  accessKeyId: z.string(),
  accessKeySecret: z.string(),
  securityToken: z.string(),
  roleName: z.string(),
  roleSessionName: z.string(),
  expiration: z.iso.datetime(),
  /** The session policy. It is kept and not enforced. */
  policy: z.string().optional(),
});

/** The STS part of a snapshot: the roles of the account and who has assumed them. */
export const stsSnapshotSchema = z
  .strictObject({
    accountId: z.string().regex(/^\d+$/),
    roles: z.array(roleSchema),
    sessions: z.array(sessionSchema),
  })
  .prefault(() => ({
    // One role, which the account and one OIDC provider may assume.
    accountId: "1000000000000001",
    roles: [{ roleName: "demo", oidcProvider: "demo" }],
    sessions: [],
  }));

/** The STS part of a snapshot: the roles of the account and who has assumed them. */
export type StsSnapshot = z.infer<typeof stsSnapshotSchema>;
/** A RAM role that can be assumed. */
export type StsRole = StsSnapshot["roles"][number];
/** Temporary credentials of an assumed role. */
export type StsSession = StsSnapshot["sessions"][number];

/** The roles and sessions in memory. */
export interface StsAccount {
  readonly accountId: string;
  readonly roles: readonly StsRole[];
  /** By access key id. */
  readonly sessions: Map<string, StsSession>;
}

/** Builds the account of a snapshot. */
export function stsAccount({ accountId, roles, sessions }: StsSnapshot): StsAccount {
  return { accountId, roles, sessions: new Map(sessions.map((session) => [session.accessKeyId, session])) };
}

/** The account as plain JSON. */
export function stsSnapshot({ accountId, roles, sessions }: StsAccount): StsSnapshot {
  return { accountId, roles: [...roles], sessions: [...sessions.values()] };
}

/** What a new emulator holds: the account's id and one role, which the account and one OIDC provider may assume. */
export function firstStsSnapshot(): StsSnapshot {
  return stsSnapshotSchema.parse(undefined);
}

/** The ARN of a role. */
export function roleArn({ accountId }: StsAccount, { roleName }: StsRole): string {
  return `acs:ram::${accountId}:role/${roleName}`;
}

/** The ARN of whoever holds these temporary credentials. */
export function sessionArn({ accountId }: StsAccount, { roleName, roleSessionName }: StsSession): string {
  return `acs:ram::${accountId}:assumed-role/${roleName}/${roleSessionName}`;
}
