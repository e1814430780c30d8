import { z } from "zod";
import { ApiError } from "../product/apiError";
import { isoSeconds } from "../product/isoSeconds";
import type { RamUser } from "./account";
import { defineAction } from "./defineAction";
import { existingUserName } from "./entityName";
import { findUser } from "./findUser";

const attachment = {
  PolicyType: z.enum(["System", "Custom"]),
  PolicyName: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[A-Za-z0-9-]+$/),
  UserName: existingUserName,
  ResourceGroupId: z.string().min(1).optional(),
};

const quota = { System: 20, Custom: 10 };

/** The operations on policies of a user; any policy name of the right form counts as an existing policy. */
export const policies = {
  ListPoliciesForUser: defineAction({
    accepts: z.strictObject({ UserName: existingUserName }),
    run({ state }, params) {
      const attached = findUser(state, params.UserName).policies;
      const inAccountScope = attached.filter((policy) => policy.resourceGroupId === undefined);
      return { Policies: { Policy: inAccountScope.map(shown) } };
    },
  }),

  AttachPolicyToUser: defineAction({
    accepts: z.strictObject(attachment),
    run({ state, now }, params) {
      const user = findUser(state, params.UserName);
      if (positionOf(user, params) >= 0) {
        throw new ApiError(
          409,
          "EntityAlreadyExists.User.Policy",
          "The policy is already attached to the user.",
        );
      }
      const ofType = user.policies.filter((policy) => policy.policyType === params.PolicyType);
      if (ofType.length >= quota[params.PolicyType]) {
        throw new ApiError(409, "LimitExceeded.User.Policy", "Too many policies are attached to the user.");
      }
      user.policies.push({
        policyType: params.PolicyType,
        policyName: params.PolicyName,
        attachDate: isoSeconds(now()),
        resourceGroupId: params.ResourceGroupId,
      });
      return {};
    },
  }),

  DetachPolicyFromUser: defineAction({
    accepts: z.strictObject(attachment),
    run({ state }, params) {
      const user = findUser(state, params.UserName);
      const at = positionOf(user, params);
      if (at < 0)
        throw new ApiError(404, "EntityNotExist.User.Policy", "The policy is not attached to the user.");
      user.policies.splice(at, 1);
      return {};
    },
  }),
};

interface PolicyReference {
  PolicyType: string;
  PolicyName: string;
  ResourceGroupId?: string | undefined;
}

function positionOf(user: RamUser, wanted: PolicyReference): number {
  return user.policies.findIndex(
    (policy) =>
      policy.policyType === wanted.PolicyType &&
      policy.policyName === wanted.PolicyName &&
      policy.resourceGroupId === wanted.ResourceGroupId,
  );
}

function shown(policy: RamUser["policies"][number]) {
  return {
    PolicyName: policy.policyName,
    PolicyType: policy.policyType,
    Description: "",
    DefaultVersion: "v1",
    AttachDate: policy.attachDate,
  };
}
