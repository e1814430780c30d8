import { z } from "zod";
import { ApiError } from "../product/apiError";

const claims = z.object({ exp: z.number() });

/** Refuses an OIDC token that is no JSON Web Token with an end, or whose end is past. Its signature is not checked. */
export function refuseToken(token: string, now: Date): void {
  const { success, data } = claims.safeParse(payloadOf(token));
  if (!success)
    throw new ApiError(400, "AuthenticationFail.OIDCToken.Invalid", "The OIDC token is not valid.");
  if (data.exp * 1000 > now.getTime()) return;
  throw new ApiError(400, "AuthenticationFail.OIDCToken.Expired", "The OIDC token has expired.");
}

function payloadOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  } catch {
    return undefined;
  }
}
