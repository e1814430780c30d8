/*
 * Signing in: this file decides from the settings whose credentials are used, `api/auth/credentials.ts` gets them, and
 * `api/auth/assumeRole.ts` opens and renews sessions of roles through the same client as every other call: the vendor's
 * library speaks to STS by https alone, which neither an emulator nor an endpoint of a private network need. A failure there
 * is an error of its own and never a fault, because a role that is not found says nothing of a user.
 */
import path from "node:path";
import { cliFile, homeOf } from "./cliProfile";
import { type OidcRole, type Role, type SignIn, usualSession } from "./identity";
import { parseSetting } from "../parseSetting";
import { keyOf, placesOf, settings } from "../settingsTable";
import { type Find, findIn, type Sources } from "./sources";

type Family = readonly [id: string, secret: string, token: string];

/** Where keys may stand, first in the configuration, then in the environment; an id, a secret and a token come from one place. */
const [configuredKey, ...keyVariables] = placesOf("accessKey").map((id, at) => {
  const secret = placesOf("secretKey")[at];
  const token = placesOf("securityToken")[at];
  return [id, secret, token] as Family;
}) as [Family, ...Family[]];

/** The settings that each name an identity. */
const naming = ["profile", "credentialsUri", "ecsRoleName", "assumeRoleWithOidc"] as const;

/**
 * Who signs, in the order in which pulumi-alicloud looks: an access key, a profile, a credentials URI, the role of the
 * ECS instance, an OIDC token; then the role to assume. Throws a sentence where two of them name different identities.
 */
export function readSignIn(sources: Sources): SignIn {
  const find = findIn(sources);
  const signIn = identityOf(find, sources.environment);
  refuseUnused(find, signIn.namedBy);
  return { ...signIn, role: roleOf(find) };
}

function identityOf(find: Find, environment: Sources["environment"]): Omit<SignIn, "role"> {
  const home = homeOf(environment);
  const key = accessKeyOf(configuredKey, find) ?? keyOfEnvironment(find);
  if (key) return key;
  const profile = find(...placesOf("profile"));
  if (profile) {
    const [namedBy, name] = profile;
    const ownFile = cliFile(home);
    const shared = find(...placesOf("sharedCredentialsFile"))?.[1];
    const file = shared === undefined ? ownFile : path.resolve(shared.replace(/^~(?=[/\\])/, home));
    return { identity: { from: "profile", profile: name, file, isOwnFile: file === ownFile }, namedBy };
  }
  const uri = find(...placesOf("credentialsUri"));
  if (uri) return { identity: { from: "uri", uri: uri[1] }, namedBy: uri[0] };
  const ecsRole = find(...placesOf("ecsRoleName"));
  if (ecsRole) return { identity: { from: "ecsRole", roleName: ecsRole[1] }, namedBy: ecsRole[0] };
  const oidc = find(...placesOf("assumeRoleWithOidc"));
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

function accessKeyOf([id, secret, token]: Family, find: Find): Omit<SignIn, "role"> | undefined {
  const exact = (name: string) => withoutSpaceAround(...(find(name) ?? []));
  const accessKeyId = exact(id);
  const accessKeySecret = exact(secret);
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
  const [first, ...others] = keyVariables.flatMap((family) => accessKeyOf(family, find) ?? []);
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
  const configured = naming.map((name) => find(keyOf(name))?.[0]);
  const unused = configured.find((setting) => setting !== undefined && setting !== signing);
  if (unused !== undefined)
    throw new Error(
      `${unused} is set, but ${signing} is set too and would sign in its place. Unset one of them.`,
    );
  if (find(keyOf("sharedCredentialsFile")) && !find(...placesOf("profile")))
    throw new Error(
      "alicloud:sharedCredentialsFile is set without a profile. Set alicloud:profile to the one that signs.",
    );
}

function roleOf(find: Find): Role | undefined {
  const key = keyOf("assumeRole");
  const { members } = settings.assumeRole;
  const setting = find(key)?.[1];
  if (setting === undefined) return undefined;
  const role = parseSetting(key, settings.assumeRole, setting);
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
  const [variable] = members.sessionExpiration.variables;
  const expiration = find(variable)?.[1];
  return {
    arn: arnOf(key, role.roleArn ?? find(...members.roleArn.variables)?.[1]),
    sessionName: sessionOf(key, role.sessionName || find(...members.sessionName.variables)?.[1]),
    seconds:
      role.sessionExpiration ??
      parseSetting(variable, members.sessionExpiration, expiration ?? "0") ??
      usualSession.seconds,
    policy: role.policy || undefined,
    externalId: role.externalId || undefined,
  };
}

function oidcRoleOf(setting: string, find: Find): OidcRole {
  const key = keyOf("assumeRoleWithOidc");
  const { members } = settings.assumeRoleWithOidc;
  const role = parseSetting(key, settings.assumeRoleWithOidc, setting);
  const from = ({ variables }: { variables: readonly string[] }) => find(...variables)?.[1];
  const providerArn = role.oidcProviderArn || from(members.oidcProviderArn);
  if (!providerArn) throw missing(key, "oidcProviderArn", members.oidcProviderArn.variables[0]);
  const token = role.oidcToken || from(members.oidcToken);
  const file = role.oidcTokenFile || from(members.oidcTokenFile);
  if (!token && !file) throw missing(key, "oidcTokenFile or oidcToken", members.oidcTokenFile.variables[0]);
  return {
    arn: arnOf(key, role.roleArn || from(members.roleArn)),
    sessionName: sessionOf(key, role.roleSessionName || from(members.roleSessionName)),
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
