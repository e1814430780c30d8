import type { Call, Wire } from "../../core/wire";
import type { Dependent } from "../../core/resource";

/** What may keep RAM from deleting a user. */
interface Obstacle {
  what: string;
  /** The action that looks for it. */
  find: string;
  /** The things that its answer names. */
  found: (answer: Wire) => Wire[];
  /** The actions that remove one thing, each with its parameters besides the user's name. */
  removal: Readonly<Record<string, (thing: Wire) => Wire>>;
}

/** In the order in which they have to go. */
const obstacles: readonly Obstacle[] = [
  {
    what: "access keys",
    find: "ListAccessKeys",
    found: (answer) => within(answer, "AccessKeys", "AccessKey"),
    removal: {
      UpdateAccessKey: ({ AccessKeyId }) => ({ UserAccessKeyId: AccessKeyId, Status: "Inactive" }),
      DeleteAccessKey: ({ AccessKeyId }) => ({ UserAccessKeyId: AccessKeyId }),
    },
  },
  {
    what: "policies",
    find: "ListPoliciesForUser",
    found: (answer) => within(answer, "Policies", "Policy"),
    removal: { DetachPolicyFromUser: ({ PolicyType, PolicyName }) => ({ PolicyType, PolicyName }) },
  },
  {
    what: "groups",
    find: "ListGroupsForUser",
    found: (answer) => within(answer, "Groups", "Group"),
    removal: { RemoveUserFromGroup: ({ GroupName }) => ({ GroupName }) },
  },
  {
    what: "a console logon",
    find: "GetLoginProfile",
    found: ({ LoginProfile }) => (LoginProfile ? [{}] : []),
    removal: { DeleteLoginProfile: () => ({}) },
  },
  {
    what: "an MFA device",
    find: "GetUserMFAInfo",
    found: ({ MFADevice }) => (MFADevice ? [{}] : []),
    removal: { UnbindMFADevice: () => ({}) },
  },
];

/** What keeps RAM from deleting a user, in the order in which it has to go. */
export function ramDependents(requestKey: Wire): Dependent[] {
  // Without a name, these calls would act on the caller's own keys.
  if (!requestKey.UserName) throw new Error("A RAM user without a name cannot be deleted by force.");
  const call = (action: string, params: Wire): Call => ({ action, params: { ...requestKey, ...params } });
  return obstacles.map(({ what, find, found, removal }) => ({
    what,
    find: call(find, {}),
    removedBy: Object.keys(removal),
    remove: (answer) =>
      found(answer).flatMap((thing) =>
        Object.entries(removal).map(([action, paramsOf]) => call(action, paramsOf(thing))),
      ),
  }));
}

function within(answer: Wire, outer: string, inner: string): Wire[] {
  return ((answer[outer] as Wire | undefined)?.[inner] ?? []) as Wire[];
}
