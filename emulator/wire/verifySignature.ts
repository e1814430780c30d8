import { ApiError } from "../product/apiError";
import { digest } from "../product/digest";
import type { ApiCall, ApiRequest } from "./apiCall";
import { canonicalRequestV3, signatureV1, signatureV3, stringToSignV1, stringToSignV3 } from "./signature";

/** Refuses a request whose signature is not the one that the secret gives. */
export function verifySignature(request: ApiRequest, call: ApiCall, secret: string): void {
  if (call.signatureVersion === "V3") verifyV3(request, secret);
  else verifyV1(request, secret);
}

function verifyV1(request: ApiRequest, secret: string): void {
  const all = [...request.query, ...request.form];
  const params = new Map(all);
  const isKnownMethod =
    params.get("SignatureMethod") === "HMAC-SHA1" && params.get("SignatureVersion") === "1.0";
  if (!isKnownMethod || !params.get("Signature")) throw incompleteSignature();
  const stringToSign = stringToSignV1(request.method, all);
  if (params.get("Signature") === signatureV1(stringToSign, secret)) return;
  throw mismatch(`server string to sign is:${stringToSign}`);
}

const authorizationForm =
  /^ACS3-HMAC-SHA256 Credential=[^,]+, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
const mustBeSigned = [
  "host",
  "x-acs-action",
  "x-acs-content-sha256",
  "x-acs-date",
  "x-acs-signature-nonce",
  "x-acs-version",
];

function verifyV3(request: ApiRequest, secret: string): void {
  const [, names, signature] = authorizationForm.exec(request.headers.authorization ?? "") ?? [];
  if (names === undefined) throw incompleteSignature();
  const signedHeaders = names.split(";");
  const isSigned = (name: string) => signedHeaders.includes(name) && request.headers[name] !== undefined;
  if (!mustBeSigned.every(isSigned)) throw incompleteSignature();
  const canonicalRequest = canonicalRequestV3({ ...request, signedHeaders });
  const stringToSign = stringToSignV3(canonicalRequest);
  const isBodyIntact = request.headers["x-acs-content-sha256"] === digest(request.body);
  if (isBodyIntact && signature === signatureV3(stringToSign, secret)) return;
  throw mismatch(`server string to sign is:${stringToSign}, server canonical request is:${canonicalRequest}`);
}

function incompleteSignature(): ApiError {
  const message = "The request signature does not conform to Alibaba Cloud standards.";
  return new ApiError(400, "IncompleteSignature", message);
}

function mismatch(shown: string): ApiError {
  // The real V1 message echoes the string to sign as well, password included: clients must not log it.
  const message = `Specified signature is not matched with our calculation. ${shown}`;
  return new ApiError(400, "SignatureDoesNotMatch", message);
}
