import type { Credentials } from "./client";
import type { Identity } from "./settings";

/**
 * A source of credentials: the keys that were given, or what `@alicloud/credentials` finds: a profile of the Alibaba
 * Cloud CLI, OIDC, an ECS RAM role, a credentials URI. Temporary credentials are renewed by it before they end.
 */
export function credentialsOf(identity: Identity): () => Promise<Credentials> {
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
      throw noCredentials(identity, error);
    }
  };
}

interface CredentialsProvider {
  getCredentials(): Promise<Credentials>;
}

/** Loaded when first needed: it is the slowest module of all, and most runs sign with keys. */
async function load(identity: Identity): Promise<CredentialsProvider> {
  const { CLIProfileCredentialsProvider, DefaultCredentialsProvider } = await import("@alicloud/credentials");
  if (identity.from !== "profile") return DefaultCredentialsProvider.builder().build();
  return CLIProfileCredentialsProvider.builder().withProfileName(identity.profile).build();
}

function noCredentials(identity: Identity, error: unknown): Error {
  const reason = error instanceof Error ? error.message.split("\n")[0] : "unknown reason";
  if (identity.from === "profile")
    return new Error(
      `The profile "${identity.profile}" of the Alibaba Cloud CLI gives no credentials (${reason}). ` +
        `Run "aliyun configure --profile ${identity.profile}", or set alicloud:profile to another one.`,
    );
  return new Error(
    "There are no Alibaba Cloud credentials. Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, " +
      `or "pulumi config set --secret alicloud:accessKey" and "alicloud:secretKey", or alicloud:profile. ` +
      "Tried as well, in vain: OIDC, CLI profiles, an ECS RAM role, a credentials URI.",
  );
}
