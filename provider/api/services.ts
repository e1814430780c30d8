import type { Wire } from "../core/wire";
import type { FaultKind } from "./faultKind";

/** An API: where it is, what its codes mean, how much it takes. */
export interface Service {
  name: string;
  version: string;
  endpoint: (region: string) => string;
  /** The parameter that carries the region, where the API wants one. */
  regionParameter?: string;
  /** The key under which `alicloud:endpoints` overrides the endpoint. */
  endpointKey: string;
  /** Where users are in instances: the codes that say that there is no such instance, and the console that lists them. */
  instance?: { codes: RegExp; console: string };
  /** Documented limit of calls per second and account. */
  callsPerSecond?: number;
  /** Code, kind, advice; the first match counts. */
  faults: readonly (readonly [code: RegExp, kind: FaultKind, advice?: string])[];
  /** The code and message of a refusal that is in an answer of status 200. */
  errorInBody?: (answer: Wire) => { code: string; message: string } | undefined;
}

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

/** The results of a call for several users; nothing of what is none, since other answers may hold anything there. */
const resultsIn = (list: unknown): Wire[] =>
  Array.isArray(list) ? list.filter((entry) => typeof (entry as Wire | null)?.Code === "string") : [];

/** Regions whose bastion hosts answer on the central host; every other region has a host of its own. */
const centralBastionhost =
  /^(cn-(?!zhangjiakou$|huhehaote$|hongkong$)|me-east-1$|ap-south-1$|ap-southeast-2$)/;

/** The APIs by the name that a resource's `service` gives. */
export const services: Readonly<Record<string, Service>> = {
  /** https://api.alibabacloud.com/product/Ram */
  Ram: {
    name: "RAM",
    version: "2015-05-01",
    endpoint: () => "https://ram.aliyuncs.com",
    endpointKey: "ram",
    faults: [
      [
        /^EntityNotExist(\.User(\.(AccessKey|LoginProfile|MFADevice|Policy|Group))?|\.Group|\.Policy|\.VirtualMFADevice)?$/,
        "notFound",
      ],
      [
        /^EntityAlreadyExists\.User$/,
        "conflict",
        "Choose another name. Where no user is listed under it, a deleted one may hold it in the recycle bin, for 30 days: " +
          "restore it or remove it there, in the RAM console.",
      ],
      [
        /^DeleteConflict\.User\.Policy$/,
        "conflict",
        "Detach its policies, or set forceDestroy: true and run pulumi up before the delete. With forceDestroy set already: " +
          "the API does not list policies that are attached in a resource group; detach those in the console.",
      ],
      [
        /^DeleteConflict\.User\./,
        "conflict",
        "Remove what is in the way, or set forceDestroy: true and run pulumi up before the delete. With forceDestroy set already, " +
          "remove what it does not: passkeys, and policies that are attached in a resource group.",
      ],
      [/^LimitExceeded/, "conflict", "Raise the account's quota or delete users."],
      [/^Inactive$/, "denied", "Activate RAM for the account."],
      ...commonFaults,
    ],
  },
  /** https://api.alibabacloud.com/product/Yundun-bastionhost */
  Bastionhost: {
    name: "Bastionhost",
    version: "2019-12-09",
    endpoint: (region) =>
      centralBastionhost.test(region)
        ? "https://yundun-bastionhost.aliyuncs.com"
        : `https://bastionhost.${region}.aliyuncs.com`,
    regionParameter: "RegionId",
    endpointKey: "bastionhost",
    // No page names the code of an unknown instance; any code that speaks of an instance counts.
    instance: { codes: /Instance|^Commodity\.BizError\.InvalidStatus$/, console: "The Bastionhost console" },
    callsPerSecond: 10,
    faults: [
      [/^(UserNotFound|OBJECT_NOT_FOUND)$/, "notFound"],
      [/^UserAlreadyExists$/, "conflict", "Choose another name."],
      [/^LicenseOutOfLimit$/, "conflict", "The instance's licence has no room for another user."],
      [
        /^Commodity\.BizError\.InvalidStatus$/,
        "other",
        "The instance is expired or released; renew it, or take its users out of the program. No user was dropped from the state.",
      ],
      [/^INVALID_ARGUMENT$/, "invalid", "Correct the attribute that it names."],
      [
        /^InvalidParameter$/,
        "invalid",
        "Check the attributes; mobile and email may be required by the two-factor settings of the instance.",
      ],
      ...commonFaults,
    ],
    errorInBody: (answer) =>
      resultsIn(answer.Results)
        // The API's own spelling, with a lower-case L; it means that the user is already as asked.
        .filter(({ Code }) => Code !== "OK" && Code !== "OBJECT_AlREADY_EXISTS")
        .map(({ Code, Message }) => ({ code: String(Code), message: String(Message ?? "") }))[0],
  },
  /** https://api.alibabacloud.com/product/Eiam */
  Eiam: {
    name: "EIAM",
    version: "2021-12-01",
    endpoint: (region) => `https://eiam.${region}.aliyuncs.com`,
    endpointKey: "eiam",
    instance: { codes: /Instance/, console: "The IDaaS console" },
    faults: [
      [/^ResourceNotFound\.User$/, "notFound"],
      [
        /^ResourceNotFound\./,
        "other",
        "Check the instance and the organizational units that the program names.",
      ],
      [
        /^(InvalidParameter|MissingParameter)\.CustomField\./,
        "invalid",
        "Correct customFields: the instance demands or bounds the field that the code names.",
      ],
      [
        /^ResourceDuplicated\./,
        "conflict",
        "Another user of the instance has this value; choose another one.",
      ],
      ...commonFaults,
    ],
  },
};

/** The service of that name. Throws when there is none. */
export function serviceOf(name: string): Service {
  const service = services[name];
  if (!service) throw new Error(`There is no service "${name}" in services.ts.`);
  return service;
}
