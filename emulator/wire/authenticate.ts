import type { Cloud } from "../cloud";
import { ApiError } from "../product/apiError";
import type { ApiCall, ApiRequest } from "./apiCall";
import { secretOf } from "./secretOf";
import { verifySignature } from "./verifySignature";

const window = 15 * 60 * 1000;

/** Refuses a call whose key, token, time, signature or nonce is not right. */
export function authenticate(cloud: Cloud, request: ApiRequest, call: ApiCall): void {
  refuseMissing(call);
  const secret = secretOf(call, cloud.session(call.accessKeyId), cloud.now());
  refuseStale(call.timestamp, cloud.now());
  verifySignature(request, call, secret);
  if (cloud.nonces.isNew(call.accessKeyId, call.nonce)) return;
  throw new ApiError(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
}

function refuseMissing(call: ApiCall): void {
  const needed = { AccessKeyId: call.accessKeyId, Timestamp: call.timestamp, SignatureNonce: call.nonce };
  const missing = Object.entries(needed).find(([, value]) => value === "");
  if (missing) throw new ApiError(400, `Missing${missing[0]}`, `${missing[0]} is mandatory for this action.`);
}

function refuseStale(timestamp: string, now: Date): void {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(timestamp) || Number.isNaN(Date.parse(timestamp))) {
    throw new ApiError(
      400,
      "InvalidTimeStamp.Format",
      "Specified time stamp or date value is not well formatted.",
    );
  }
  if (Math.abs(Date.parse(timestamp) - now.getTime()) <= window) return;
  throw new ApiError(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
}
