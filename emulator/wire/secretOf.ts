import { ApiError } from "../product/apiError";
import type { StsSession } from "../sts";
import type { ApiCall } from "./apiCall";

interface Key {
  secret: string;
  token?: string;
  expiration?: string;
}

const keys: ReadonlyMap<string, Key> = new Map([
  ["testid", { secret: "testsecret" }],
  ["STS.testid", { secret: "testsecret", token: "testtoken" }],
]);

/** The secret of the key that signed a call, once its security token is right. Sessions are those that STS opened. */
export function secretOf(call: ApiCall, session: StsSession | undefined, now: Date): string {
  const key = keys.get(call.accessKeyId) ?? (session && keyOf(session));
  if (!key) throw new ApiError(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
  refuseWrongToken(key.token, call.securityToken);
  if (key.expiration !== undefined && Date.parse(key.expiration) <= now.getTime())
    throw new ApiError(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
  return key.secret;
}

function keyOf({ accessKeySecret, securityToken, expiration }: StsSession): Key {
  return { secret: accessKeySecret, token: securityToken, expiration };
}

// The status of these three is on no page (unverified).
function refuseWrongToken(expected: string | undefined, given: string): void {
  if (given === (expected ?? "")) return;
  if (expected === undefined) {
    const message = "Specified security token does not go with the access key.";
    throw new ApiError(400, "InvalidSecurityToken.MismatchWithAccessKey", message);
  }
  if (given === "")
    throw new ApiError(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.");
  throw new ApiError(400, "InvalidSecurityToken.Malformed", "Specified security token is malformed.");
}
