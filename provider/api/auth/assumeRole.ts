import { readFile } from "node:fs/promises";
import type { Wire } from "../../core/wire";
import type { Credentials, Send } from "../client";
import type { Clock } from "../clock";
import type { OidcRole, Role } from "./identity";

/** A source of credentials that are valid when they are asked for. */
export type CredentialsSource = () => Promise<Credentials>;

/** Opens STS as the holder of these credentials; unsigned without any. */
export type OpenSts = (credentials?: CredentialsSource) => Send;

/** What roles are assumed with. */
export interface StsOptions {
  openSts: OpenSts;
  clock: Clock;
}

/** How long before its end a session is renewed, in seconds: longer than any call is waited for and repeated. */
const marginSeconds = 300;

/** The credentials of a role that the holder of others assumes; a new session is opened before the old one ends. */
export function assumeRole(
  base: CredentialsSource,
  role: Role,
  { openSts, clock }: StsOptions,
): CredentialsSource {
  const send = openSts(base);
  return renewed(role, clock, () =>
    send({ action: "AssumeRole", params: { ...paramsOf(role), ExternalId: role.externalId } }),
  );
}

/** The credentials of a role that an OIDC token opens; a token in a file is read again for each session. */
export function assumeRoleWithOidc(role: OidcRole, { openSts, clock }: StsOptions): CredentialsSource {
  const send = openSts();
  return renewed(role, clock, async () => {
    const OIDCToken =
      "text" in role.token ? role.token.text : (await readFile(role.token.file, "utf8")).trim();
    const params = { ...paramsOf(role), OIDCProviderArn: role.providerArn, OIDCToken };
    return send({ action: "AssumeRoleWithOIDC", params });
  });
}

function paramsOf({ arn, sessionName, seconds, policy }: Omit<Role, "externalId">): Wire {
  return { RoleArn: arn, RoleSessionName: sessionName, DurationSeconds: seconds, Policy: policy };
}

/** Counts from when a session was asked for, by a clock that no correction of the date moves. */
function renewed(
  { arn, seconds }: Pick<Role, "arn" | "seconds">,
  clock: Clock,
  open: () => Promise<Wire>,
): CredentialsSource {
  let session: Promise<Credentials> | undefined;
  let renewAt = 0;
  const opened = async (): Promise<Credentials> => {
    try {
      const { AccessKeyId, AccessKeySecret, SecurityToken } = (await open()).Credentials as Record<
        string,
        string
      >;
      return {
        accessKeyId: AccessKeyId as string,
        accessKeySecret: AccessKeySecret as string,
        securityToken: SecurityToken,
      };
    } catch (error) {
      session = undefined;
      // Not as a fault: what STS says of a role must not be taken for an answer about a user.
      throw new Error(`The role ${arn} cannot be assumed. ${(error as Error).message}`, { cause: error });
    }
  };
  return () => {
    if (session === undefined || clock.now() >= renewAt) {
      renewAt = clock.now() + (seconds - marginSeconds) * 1000;
      session = opened();
    }
    return session;
  };
}
