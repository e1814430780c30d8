import { assumeRole, assumeRoleWithOidc, type CredentialsSource, type StsOptions } from "./assumeRole";
import type { Credentials } from "../client";
import { currentCliProfile, profileSignIn, readCliProfile } from "./cliProfile";
import type { Identity, Role, SignIn } from "./identity";

/** There are no credentials to sign with, for any call. */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError";
}

/**
 * The credentials that sign: the keys that were given, or those of a profile, a credentials URI, an ECS instance, an OIDC
 * token or the vendor's chain; and those of the role that is assumed with them. Temporary credentials are renewed before
 * they end. After a failure everything is tried again by the next call.
 */
export function credentialsOf(signIn: SignIn, options: StsOptions): CredentialsSource {
  let source: CredentialsSource | undefined;
  return async () => {
    try {
      source ??= sourceOf(signIn, options);
      return await source();
    } catch (error) {
      source = undefined;
      const { message, cause } = error as Error;
      throw new CredentialsError(message, { cause });
    }
  };
}

function sourceOf({ identity: named, namedBy, role }: SignIn, options: StsOptions): CredentialsSource {
  const identity = named.from === "machine" ? currentOf(named) : named;
  const { base, roles } = explained(namedBy, identity, () => resolved(identity, role));
  const first =
    base.from === "oidc" ? assumeRoleWithOidc(base.role, options) : explainedSource(namedBy, base);
  return roles.reduce((source, each) => assumeRole(source, each, options), first);
}

/** The current profile of the CLI, which counts before what else the machine has. */
function currentOf(machine: Identity & { from: "machine" }): Identity {
  const { file } = machine;
  if (file === undefined) return machine;
  try {
    const current = currentCliProfile(file);
    return current ? { from: "profile", profile: current.name, file, isOwnFile: true } : machine;
  } catch (error) {
    throw new Error(
      `The current profile of the Alibaba Cloud CLI gives no credentials (${reasonOf(error)}). ` +
        'Run "aliyun configure", or sign in another way, such as by alicloud:profile.',
    );
  }
}

/** Whose own credentials are used, and the roles that are assumed with them, one after the other. */
function resolved(identity: Identity, role: Role | undefined): { base: Identity; roles: Role[] } {
  const last = role ? [role] : [];
  if (identity.from !== "profile") return { base: identity, roles: last };
  const { profile, file, isOwnFile } = identity;
  const find = (name: string) => readCliProfile(file, name);
  const own = find(profile);
  const signIn = profileSignIn(own, find);
  if (!signIn) {
    if (isOwnFile) return { base: identity, roles: last };
    throw new Error(`its mode ${own.mode} works in the CLI's own file alone, not in ${file}`);
  }
  // As in Terraform, where the role of the settings stands in for that of the profile.
  const roles = own.mode === "RamRoleArn" && role ? last : [...signIn.roles, ...last];
  return { base: signIn.identity, roles };
}

interface CredentialsProvider {
  getCredentials(): Promise<Credentials>;
}

function explainedSource(namedBy: string, identity: Identity): CredentialsSource {
  if (identity.from === "keys") {
    const { accessKeyId, accessKeySecret, securityToken } = identity;
    return async () => ({ accessKeyId, accessKeySecret, securityToken });
  }
  let provider: Promise<CredentialsProvider> | undefined;
  return async () => {
    try {
      provider ??= load(identity);
      const { accessKeyId, accessKeySecret, securityToken } = await (await provider).getCredentials();
      return { accessKeyId, accessKeySecret, securityToken };
    } catch (error) {
      provider = undefined;
      throw noCredentials(namedBy, identity, error);
    }
  };
}

/** Loaded when first needed: it is the slowest module of all, and most runs sign with keys. */
async function load(identity: Identity): Promise<CredentialsProvider> {
  const library = await import("@alicloud/credentials");
  if (identity.from === "profile")
    return library.CLIProfileCredentialsProvider.builder().withProfileName(identity.profile).build();
  if (identity.from === "uri")
    return library.URICredentialsProvider.builder().withCredentialsURI(identity.uri).build();
  if (identity.from === "ecsRole")
    return library.ECSRAMRoleCredentialsProvider.builder().withRoleName(identity.roleName).build();
  return library.DefaultCredentialsProvider.builder().build();
}

function explained<T>(namedBy: string, identity: Identity, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw noCredentials(namedBy, identity, error);
  }
}

function noCredentials(namedBy: string, identity: Identity, error: unknown): Error {
  const reason = reasonOf(error);
  if (identity.from === "profile")
    return new Error(
      `The profile "${identity.profile}" of the Alibaba Cloud CLI gives no credentials (${reason}). ` +
        `Run "aliyun configure --profile ${identity.profile}", or set alicloud:profile to another one.`,
    );
  if (identity.from === "uri")
    return new Error(
      `The URI of ${namedBy} gives no credentials (${reason}). ` +
        "It has to answer with AccessKeyId, AccessKeySecret, SecurityToken and Expiration, as JSON.",
    );
  if (identity.from === "ecsRole")
    return new Error(
      `The role "${identity.roleName}" of ${namedBy} gives no credentials (${reason}). ` +
        "Run on an ECS instance that has this role, or sign in another way.",
    );
  return new Error(
    "There are no Alibaba Cloud credentials. Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, " +
      `or "pulumi config set --secret alicloud:accessKey" and "alicloud:secretKey", or alicloud:profile. ` +
      "Also tried: OIDC, CLI profiles, an ECS RAM role, a credentials URI.",
  );
}

/** What the vendor's library says, up to where it repeats an answer that may hold a key. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown reason";
  const [line = ""] = error.message.split("\n");
  return line.split(/,? ?(?:message = |result: |failed: |err: )/)[0] as string;
}
