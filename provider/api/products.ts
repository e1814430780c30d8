import type { Wire } from "../core/resource";
import type { Answers } from "./answers";
import { bastionhostAnswers, eiamAnswers, ramAnswers } from "./answers";
import type { FaultKind } from "./fault";

/** How a directory's users are listed. Answers are those of the product's `ListUsers` page. */
export interface Listing {
  action: string;
  /** The parameters of a page; `cursor` is what the page before it left, absent for the first one. */
  page: (cursor: string | undefined) => Wire;
  users: (answer: Wire) => Wire[];
  /** The cursor of the next page, absent after the last; `seen` counts the users so far, this page included. */
  next: (answer: Wire, cursor: string | undefined, seen: number) => string | undefined;
  /** How many pages the whole directory has, as far as this answer tells; at least those seen. */
  pages: (answer: Wire) => number | undefined;
  /** Parameters that narrow the list to users whose unique name is, or begins with, this one. */
  named: (name: string) => Wire;
  /** What a Get returns and an entry of the list lacks. */
  lacks: readonly string[];
}

/** An API: where it is, and what its codes mean. */
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
  /** Writes that must not be sent again when an answer is lost, unless they carry this token. */
  once: Readonly<Record<string, string | true>>;
  /** What an answer has to hold to be one. */
  answers: Answers;
  /** The code and message of a refusal that hides in an answer of status 200. */
  verdict?: (answer: Wire) => { code: string; message: string } | undefined;
  /** The action that reads one thing, and the parameter that names it in question and answer. */
  get?: { action: string; by: "id" | "name"; parameter: string };
}

/** One of the three APIs that hold users, and how they are read. */
export interface Product extends Service {
  get: { action: string; by: "id" | "name"; parameter: string };
  list: Listing;
  /** What the API's ids of users look like; a Get by another text would be refused as wrong. */
  userId: RegExp;
  /** The codes that say, and nothing else does, that the user does not exist. */
  gone: readonly string[];
  /** How long a new user may stay invisible, in milliseconds. */
  settleMs: number;
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

const numbered = (key: string): Pick<Listing, "page" | "users" | "next" | "pages"> => ({
  page: (cursor) => ({ PageNumber: cursor ?? "1", PageSize: "100" }),
  users: (answer) => answer[key] as Wire[],
  next: (answer, cursor, seen) => {
    // Users who were deleted meanwhile leave a last page without any; a first one has what it counts.
    const isEmpty = cursor !== undefined && (answer[key] as Wire[]).length === 0;
    return isEmpty || seen >= Number(answer.TotalCount) ? undefined : String(Number(cursor ?? "1") + 1);
  },
  pages: (answer) => Math.max(1, Math.ceil(Number(answer.TotalCount) / 100)),
});

/** The verdicts of a list; nothing of what is none, since answers of other actions may hold anything there. */
const verdictsIn = (list: unknown): Wire[] =>
  Array.isArray(list) ? list.filter((entry) => typeof (entry as Wire | null)?.Code === "string") : [];

/** Regions whose bastion hosts answer on the central host; every other region has a host of its own. */
const centralBastionhost =
  /^(cn-(?!zhangjiakou$|huhehaote$|hongkong$)|me-east-1$|ap-south-1$|ap-southeast-2$)/;

/** The APIs by the name that a resource's `product` gives. */
export const products: Readonly<Record<string, Product>> = {
  /** https://api.alibabacloud.com/product/Ram */
  Ram: {
    name: "RAM",
    version: "2015-05-01",
    endpoint: () => "https://ram.aliyuncs.com",
    endpointKey: "ram",
    userId: /^\d+$/,
    gone: ["EntityNotExist.User"],
    faults: [
      [
        /^EntityNotExist(\.User(\.(AccessKey|LoginProfile|MFADevice|Policy|Group))?|\.Group|\.Policy|\.VirtualMFADevice)?$/,
        "notFound",
      ],
      [
        /^EntityAlreadyExists\.User$/,
        "conflict",
        "Choose another name, or take over the user with adopt: true. Where no user is listed under it, a deleted one may hold it " +
          "in the recycle bin, for 30 days: restore it or remove it there, in the RAM console.",
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
    once: { CreateUser: true },
    answers: ramAnswers,
    get: { action: "GetUser", by: "name", parameter: "UserName" },
    list: {
      action: "ListUsers",
      page: (cursor) => ({ MaxItems: 1000, ...(cursor === undefined ? {} : { Marker: cursor }) }),
      users: (answer) => (answer.Users as Wire).User as Wire[],
      next: (answer) => (answer.IsTruncated === true ? String(answer.Marker) : undefined),
      pages: () => undefined,
      named: () => ({}),
      lacks: [],
    },
    settleMs: 3000,
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
    userId: /^\d+$/,
    gone: ["UserNotFound", "OBJECT_NOT_FOUND"],
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
    once: { CreateUser: true },
    answers: bastionhostAnswers,
    verdict: (answer) =>
      verdictsIn(answer.Results)
        // The API's own spelling, with a lower-case L; it means that the user is already as asked.
        .filter(({ Code }) => Code !== "OK" && Code !== "OBJECT_AlREADY_EXISTS")
        .map(({ Code, Message }) => ({ code: String(Code), message: String(Message ?? "") }))[0],
    get: { action: "GetUser", by: "id", parameter: "UserId" },
    list: { action: "ListUsers", ...numbered("Users"), named: (name) => ({ UserName: name }), lacks: [] },
    settleMs: 0,
  },
  /** https://api.alibabacloud.com/product/Eiam */
  Eiam: {
    name: "EIAM",
    version: "2021-12-01",
    endpoint: (region) => `https://eiam.${region}.aliyuncs.com`,
    endpointKey: "eiam",
    instance: { codes: /Instance/, console: "The IDaaS console" },
    userId: /^user_/,
    gone: ["ResourceNotFound.User"],
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
    once: { CreateUser: "ClientToken", UpdateUserPassword: true },
    answers: eiamAnswers,
    get: { action: "GetUser", by: "id", parameter: "UserId" },
    list: {
      action: "ListUsers",
      ...numbered("Users"),
      named: (name) => ({ UsernameStartsWith: name }),
      lacks: [
        "CustomFields",
        "OrganizationalUnits",
        "PrimaryOrganizationalUnitId",
        "Groups",
        "PreferredLanguage",
      ],
    },
    settleMs: 0,
  },
};

/** The product of that name. */
export function productOf(name: string): Product {
  const product = products[name];
  if (!product) throw new Error(`There is no product "${name}" in products.ts.`);
  return product;
}
