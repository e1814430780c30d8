import type { Call, Wire } from "../../core/wire";
import type { Dependent } from "../../core/resource";

/** What keeps RAM from deleting a user, in the order in which it has to go. */
export function ramDependents(requestKey: Wire): Dependent[] {
  // Without a name, these calls would act on the caller's own keys.
  if (!requestKey.UserName) throw new Error("A RAM user without a name cannot be deleted by force.");
  const call = (action: string, params: Wire = {}): Call => ({
    action,
    params: { ...requestKey, ...params },
  });
  return [
    {
      what: "access keys",
      find: call("ListAccessKeys"),
      remove: (answer) =>
        within(answer, "AccessKeys", "AccessKey").flatMap(({ AccessKeyId }) => [
          call("UpdateAccessKey", { UserAccessKeyId: AccessKeyId, Status: "Inactive" }),
          call("DeleteAccessKey", { UserAccessKeyId: AccessKeyId }),
        ]),
    },
    {
      what: "policies",
      find: call("ListPoliciesForUser"),
      remove: (answer) =>
        within(answer, "Policies", "Policy").map(({ PolicyType, PolicyName }) =>
          call("DetachPolicyFromUser", { PolicyType, PolicyName }),
        ),
    },
    {
      what: "groups",
      find: call("ListGroupsForUser"),
      remove: (answer) =>
        within(answer, "Groups", "Group").map(({ GroupName }) => call("RemoveUserFromGroup", { GroupName })),
    },
    {
      what: "a console logon",
      find: call("GetLoginProfile"),
      remove: ({ LoginProfile }) => (LoginProfile ? [call("DeleteLoginProfile")] : []),
    },
    {
      what: "an MFA device",
      find: call("GetUserMFAInfo"),
      remove: ({ MFADevice }) => (MFADevice ? [call("UnbindMFADevice")] : []),
    },
  ];
}

function within(answer: Wire, outer: string, inner: string): Wire[] {
  return ((answer[outer] as Wire | undefined)?.[inner] ?? []) as Wire[];
}
