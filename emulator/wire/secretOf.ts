import { ApiError } from "../product/apiError";
import type { ApiCall } from "./apiCall";

const keys: ReadonlyMap<string, { secret: string; token?: string }> = new Map([
  ["testid", { secret: "testsecret" }],
  ["STS.testid", { secret: "testsecret", token: "testtoken" }],
]);

/** The secret of the key that signed a call, once its security token is right. */
export function secretOf(call: ApiCall): string {
  const key = keys.get(call.accessKeyId);
  if (!key) throw new ApiError(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
  refuseWrongToken(key.token, call.securityToken);
  return key.secret;
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
