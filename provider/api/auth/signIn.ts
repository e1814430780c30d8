import path from "node:path";
import { z } from "zod";
import { cliFile, homeOf } from "./cliProfile";
import type { OidcRole, Role, SignIn } from "./identity";
import { usualSession } from "./identity";
import { parseSetting } from "../parseSetting";
import type { Sources } from "./sources";

type Family = readonly [id: string, secret: string, token: string];

/** Where keys may stand, in the configuration and in the environment; an id, a secret and a token come from one place. */
const configuredKey: Family = ["alicloud:accessKey", "alicloud:secretKey", "alicloud:securityToken"];
const keyVariables: readonly Family[] = [
  ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN"],
  ["ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY", "ALICLOUD_SECURITY_TOKEN"],
  ["ALIBABACLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_SECURITY_TOKEN"],
  ["ALICLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY_SECRET", "ALICLOUD_SECURITY_TOKEN"],
];

/** The settings that each name an identity, before the variables that stand in for them. */
const named = {
  profile: ["alicloud:profile", "ALIBABA_CLOUD_PROFILE", "ALICLOUD_PROFILE", "ALIBABACLOUD_PROFILE"],
  uri: ["alicloud:credentialsUri", "ALICLOUD_CREDENTIALS_URI", "ALIBABA_CLOUD_CREDENTIALS_URI"],
  ecsRole: ["alicloud:ecsRoleName", "ALICLOUD_ECS_ROLE_NAME", "ALIBABA_CLOUD_ECS_METADATA"],
  oidc: ["alicloud:assumeRoleWithOidc"],
} as const;

const fileNames = [
  "alicloud:sharedCredentialsFile",
  "ALICLOUD_SHARED_CREDENTIALS_FILE",
  "ALIBABA_CLOUD_CREDENTIALS_FILE",
];

/** Lists of one object are what Terraform makes of a block. */
const object = <S extends z.ZodRawShape>(shape: S) => ({
  schema: z.preprocess(
    (value) => (Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value),
    z.strictObject(shape),
  ),
  words: `an object with some of ${Object.keys(shape).join(", ")}`,
});
const text = z.string().optional();
const duration = z.coerce
  .number()
  .int()
  .refine((count) => count === 0 || (count >= 900 && count <= 43_200), "a session lasts 900 to 43200 seconds")
  .transform((count) => count || usualSession.seconds);

const seconds = { schema: duration, words: "0, or 900 to 43200 seconds", isShown: true };

const roleSchema = object({
  ...{ roleArn: text, sessionName: text, sessionExpiration: duration.optional(), policy: text },
  externalId: text,
});
const oidcSchema = object({
  ...{ roleArn: text, roleSessionName: text, sessionExpiration: duration.optional(), policy: text },
  ...{ oidcProviderArn: text, oidcToken: text, oidcTokenFile: text },
});

/** The first of these settings and variables that is set, with its value. */
type Find = (...names: readonly string[]) => readonly [name: string, value: string] | undefined;

/**
 * Who signs, in the order in which pulumi-alicloud looks: an access key, a profile, a credentials URI, the role of the
 * ECS instance, an OIDC token; then the role to assume. Throws a sentence where two of them name different identities.
 */
export function readSignIn({ config, environment }: Sources): SignIn {
  const find: Find = (...names) =>
    names
      .map((name) => [name, name.includes(":") ? config(name) : environment[name]] as const)
      .find((entry): entry is readonly [string, string] => Boolean(entry[1]));
  const signIn = identityOf(find, environment);
  refuseUnused(find, signIn.namedBy);
  return { ...signIn, role: roleOf(find) };
}

function identityOf(find: Find, environment: Sources["environment"]): Omit<SignIn, "role"> {
  const home = homeOf(environment);
  const key = keyOf(configuredKey, find) ?? keyOfEnvironment(find);
  if (key) return key;
  const profile = find(...named.profile);
  if (profile) {
    const [namedBy, name] = profile;
    const ownFile = cliFile(home);
    const shared = find(...fileNames)?.[1];
    const file = shared === undefined ? ownFile : path.resolve(shared.replace(/^~(?=[/\\])/, home));
    return { identity: { from: "profile", profile: name, file, isOwnFile: file === ownFile }, namedBy };
  }
  const uri = find(...named.uri);
  if (uri) return { identity: { from: "uri", uri: uri[1] }, namedBy: uri[0] };
  const ecsRole = find(...named.ecsRole);
  if (ecsRole) return { identity: { from: "ecsRole", roleName: ecsRole[1] }, namedBy: ecsRole[0] };
  const oidc = find(...named.oidc);
  if (oidc) return { identity: { from: "oidc", role: oidcRoleOf(oidc[1], find) }, namedBy: oidc[0] };
  const file = hidesProfiles(environment) ? undefined : cliFile(home);
  return { identity: { from: "machine", file }, namedBy: "this machine" };
}

/** Whether the vendor's chain looks elsewhere before the profiles of the CLI, or not at them at all. */
function hidesProfiles(environment: Sources["environment"]): boolean {
  const oidc = ["ALIBABA_CLOUD_ROLE_ARN", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_OIDC_TOKEN_FILE"];
  return (
    oidc.every((name) => environment[name]) ||
    environment.ALIBABA_CLOUD_CLI_PROFILE_DISABLED?.toLowerCase() === "true"
  );
}

function keyOf([id, secret, token]: Family, find: Find): Omit<SignIn, "role"> | undefined {
  const exact = (name: string) => withoutSpaceAround(...(find(name) ?? []));
  const [accessKeyId, accessKeySecret] = [exact(id), exact(secret)];
  if (accessKeyId && accessKeySecret) {
    const securityToken = exact(token);
    return { identity: { from: "keys", accessKeyId, accessKeySecret, securityToken }, namedBy: id };
  }
  if (!accessKeyId && !accessKeySecret) return undefined;
  const [set, missing] = accessKeyId ? [id, secret] : [secret, id];
  throw new Error(
    `Half of an access key is set: ${set} is there and ${missing} is missing. Set both, or neither.`,
  );
}

/** A key that was pasted or read from a file often has a line break at its end, and signs nothing then. */
function withoutSpaceAround(name?: string, value?: string): string | undefined {
  if (value === undefined || value === value.trim()) return value;
  throw new Error(
    `${name} begins or ends with white space, such as the line break at the end of a file. Take it out.`,
  );
}

/** Other tools prefer other variables, so two that differ might sign for two accounts in one stack. */
function keyOfEnvironment(find: Find): Omit<SignIn, "role"> | undefined {
  const [first, ...others] = keyVariables.flatMap((family) => keyOf(family, find) ?? []);
  const idOf = ({ identity }: Omit<SignIn, "role">) => identity.from === "keys" && identity.accessKeyId;
  const other = first && others.find((each) => idOf(each) !== idOf(first));
  if (!other) return first;
  throw new Error(
    `${first.namedBy} and ${other.namedBy} hold different access keys, and tools differ in which of them counts. ` +
      "Unset one of them, or set alicloud:accessKey and alicloud:secretKey.",
  );
}

/** What the stack's configuration names has to be what signs: users made in another account cannot be taken back. */
function refuseUnused(find: Find, signing: string): void {
  const configured = Object.values(named).map(([setting]) => find(setting)?.[0]);
  const unused = configured.find((setting) => setting !== undefined && setting !== signing);
  if (unused !== undefined)
    throw new Error(
      `${unused} is set, but ${signing} is set too and would sign in its place. Unset one of them.`,
    );
  if (find(fileNames[0] as string) && !find(...named.profile))
    throw new Error(
      "alicloud:sharedCredentialsFile is set without a profile. Set alicloud:profile to the one that signs.",
    );
}

function roleOf(find: Find): Role | undefined {
  const key = "alicloud:assumeRole";
  const setting = find(key)?.[1];
  if (setting === undefined) return undefined;
  const role = parseSetting(key, roleSchema, setting);
  // An empty ARN means in Terraform that no role is assumed.
  if (role.roleArn === "") return undefined;
  const unsupported = find(
    "alicloud:sourceIp",
    "alicloud:secureTransport",
    "alicloud:securityTransport",
  )?.[0];
  if (unsupported !== undefined)
    throw new Error(
      `${unsupported} is not supported together with ${key}. Remove it; conditions of the role's trust policy have to hold without it.`,
    );
  const expiration = find("ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION")?.[1];
  return {
    arn: arnOf(key, role.roleArn ?? find("ALICLOUD_ASSUME_ROLE_ARN", "ALIBABA_CLOUD_ROLE_ARN")?.[1]),
    sessionName: sessionOf(
      key,
      role.sessionName || find("ALICLOUD_ASSUME_ROLE_SESSION_NAME", "ALIBABA_CLOUD_ROLE_SESSION_NAME")?.[1],
    ),
    seconds:
      role.sessionExpiration ??
      parseSetting("ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION", seconds, expiration ?? "0"),
    policy: role.policy || undefined,
    externalId: role.externalId || undefined,
  };
}

function oidcRoleOf(setting: string, find: Find): OidcRole {
  const key = named.oidc[0];
  const role = parseSetting(key, oidcSchema, setting);
  const providerArn = role.oidcProviderArn || find("ALIBABA_CLOUD_OIDC_PROVIDER_ARN")?.[1];
  if (!providerArn) throw missing(key, "oidcProviderArn", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN");
  const [token, file] = [
    role.oidcToken || find("ALIBABA_CLOUD_OIDC_TOKEN")?.[1],
    role.oidcTokenFile || find("ALIBABA_CLOUD_OIDC_TOKEN_FILE")?.[1],
  ];
  if (!token && !file) throw missing(key, "oidcTokenFile or oidcToken", "ALIBABA_CLOUD_OIDC_TOKEN_FILE");
  return {
    arn: arnOf(key, role.roleArn || find("ALIBABA_CLOUD_ROLE_ARN")?.[1]),
    sessionName: sessionOf(key, role.roleSessionName || find("ALIBABA_CLOUD_ROLE_SESSION_NAME")?.[1]),
    seconds: role.sessionExpiration ?? usualSession.seconds,
    policy: role.policy || undefined,
    providerArn,
    token: token ? { text: token } : { file: file as string },
  };
}

function arnOf(key: string, arn: string | undefined): string {
  if (!arn) throw missing(key, "roleArn", "ALIBABA_CLOUD_ROLE_ARN");
  if (/^acs:ram::\d+:role\/\S+$/.test(arn)) return arn;
  throw new Error(`The roleArn of ${key} is not the ARN of a role: acs:ram::ACCOUNT:role/NAME.`);
}

function sessionOf(key: string, name: string = usualSession.name): string {
  if (/^[\w.@-]{2,64}$/.test(name)) return name;
  throw new Error(
    `The session name of ${key} cannot be used: it has 2 to 64 letters, digits and the characters . @ - _.`,
  );
}

function missing(key: string, name: string, variable: string): Error {
  return new Error(`${key} lacks ${name}. Add it, or set ${variable} in the environment.`);
}
