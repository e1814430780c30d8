import { z } from "zod";
import type { CallContract } from "../../core/directorySchema";
import type { Service } from "../../core/service";

const text = z.string().min(1);
const assumed = z.looseObject({
  Credentials: z.looseObject({ AccessKeyId: text, AccessKeySecret: text, SecurityToken: text }),
});

/** The Security Token Service, which gives the credentials of a RAM role. https://api.alibabacloud.com/product/Sts */
export const sts: Service = {
  name: "STS",
  version: "2015-04-01",
  endpoint: () => "https://sts.aliyuncs.com",
  endpointKey: "sts",
  policyPrefix: "sts",
  faults: [
    [/^EntityNotExist\.Role/, "invalid", "Check roleArn: there is no such role."],
    [
      /^(NoPermission|AuthenticationFail\.NoPermission)/,
      "denied",
      "Let the role's trust policy name the caller, check the external id, and allow the caller sts:AssumeRole on the role.",
    ],
    [/^AuthenticationFail\.OIDCToken/, "denied", "Renew the OIDC token."],
    [/DurationSeconds/, "invalid", "Lower sessionExpiration to the longest session that the role allows."],
  ],
};

/** What is known of its actions: each may be repeated. */
export const stsContract: CallContract = {
  nonIdempotent: {},
  answers: {
    AssumeRole: assumed,
    AssumeRoleWithOIDC: assumed,
    GetCallerIdentity: z.looseObject({ AccountId: text, Arn: text }),
  },
};
