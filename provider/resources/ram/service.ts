import type { Service } from "../../core/service";

/** The RAM API. https://api.alibabacloud.com/product/Ram */
export const ram: Service = {
  name: "RAM",
  version: "2015-05-01",
  endpoint: () => "https://ram.aliyuncs.com",
  endpointKey: "ram",
  policyPrefix: "ram",
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
  ],
};
