import type { Service } from "../core/service";

/** What codes mean in every API. */
export const commonFaults: Service["faults"] = [
  [
    /Throttling|^SignatureNonceUsed$|^OperationConflict$|^LastTokenProcessing$/,
    "throttled",
    "The account's call rate is exhausted; lower alicloud-users:callsPerSecond or run again later.",
  ],
  [
    /^(ServiceUnavailable|Internal|UnknownError)/,
    "unavailable",
    "The service has a fault of its own; run again later.",
  ],
  [
    /^InvalidAccessKeyId|^Forbidden\.AccessKeyDisabled/,
    "denied",
    "Check the access key id (alicloud:accessKey or ALIBABA_CLOUD_ACCESS_KEY_ID).",
  ],
  [
    /^(SignatureDoesNotMatch|IncompleteSignature)/,
    "denied",
    "Check the access key secret (alicloud:secretKey or ALIBABA_CLOUD_ACCESS_KEY_SECRET).",
  ],
  [
    /SecurityToken/,
    "denied",
    "Check or renew the STS token (alicloud:securityToken or ALIBABA_CLOUD_SECURITY_TOKEN).",
  ],
  [
    /^(InvalidTimeStamp|IllegalTimestamp)/,
    "denied",
    "Set this machine's clock; the API accepts 15 minutes of difference.",
  ],
  [
    /^(Forbidden|NoPermission|NotAuthorized|Unauthorized)/,
    "forbidden",
    "Grant the caller's RAM policy this action.",
  ],
  [
    /^(InvalidApi|InvalidAction|InvalidVersion|InvalidProduct|UnsupportedHTTPMethod)/,
    "other",
    "The endpoint does not serve this API; check the region and the endpoint.",
  ],
  [/^IdempotentParameterMismatch/, "tokenReused"],
  [
    /^UnsupportedAction/,
    "other",
    "The API does not do this to such a user or in such an instance; check the user's source and the instance's edition.",
  ],
  [/^(Invalid|Missing|Unsupported)/, "invalid", "Correct the attribute that it names."],
];
