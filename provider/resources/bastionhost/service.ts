import type { Service } from "../../core/service";
import type { Wire } from "../../core/wire";

/** The results of a call for several users; nothing of what is none, since other answers may hold anything there. */
const resultsIn = (list: unknown): Wire[] =>
  Array.isArray(list) ? list.filter((entry) => typeof (entry as Wire | null)?.Code === "string") : [];

/** Regions whose bastion hosts answer on the central host; every other region has a host of its own. */
const centralBastionhost =
  /^(cn-(?!zhangjiakou$|huhehaote$|hongkong$)|me-east-1$|ap-south-1$|ap-southeast-2$)/;

/** The Bastionhost API. https://api.alibabacloud.com/product/Yundun-bastionhost */
export const bastionhost: Service = {
  name: "Bastionhost",
  version: "2019-12-09",
  endpoint: (region) =>
    centralBastionhost.test(region)
      ? "https://yundun-bastionhost.aliyuncs.com"
      : `https://bastionhost.${region}.aliyuncs.com`,
  regionParameter: "RegionId",
  endpointKey: "bastionhost",
  policyPrefix: "yundun-bastionhost",
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
  ],
  errorInBody: (answer) =>
    resultsIn(answer.Results)
      // The API's own spelling, with a lower-case L; it means that the user is already as asked.
      .filter(({ Code }) => Code !== "OK" && Code !== "OBJECT_AlREADY_EXISTS")
      .map(({ Code, Message }) => ({ code: String(Code), message: String(Message ?? "") }))[0],
};
