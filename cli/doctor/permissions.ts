/** What a caller does with the account: `drift` is `alicloud-users drift`. */
export const jobs = ["preview", "up", "drift"] as const;
export type Job = (typeof jobs)[number];

/** The products whose users are managed, by their names in `callsPerSecond`. */
export type ProductName = "Ram" | "Bastionhost" | "Eiam";

/** An action that the provider calls, for which jobs, and why. */
export interface Permission {
  product: ProductName;
  action: string;
  jobs: readonly Job[];
  purpose: string;
}

const judging = ["preview", "up"] as const;
const writing = ["up"] as const;

const permissionOf =
  (product: ProductName) =>
  (by: readonly Job[], action: string, purpose: string): Permission => ({
    product,
    action,
    jobs: by,
    purpose,
  });

const ram = permissionOf("Ram");
const bastionhost = permissionOf("Bastionhost");
const eiam = permissionOf("Eiam");

/** Every action that the provider calls. */
export const permissions: readonly Permission[] = [
  ram(jobs, "GetUser", "reads a user"),
  ram(jobs, "ListUsers", "reads many users, and finds one that was renamed"),
  ram(writing, "CreateUser", "creates a user"),
  ram(writing, "UpdateUser", "changes a user"),
  ram(writing, "DeleteUser", "deletes a user"),
  ram(writing, "ListAccessKeys", "forceDestroy: finds access keys"),
  ram(writing, "UpdateAccessKey", "forceDestroy: disables an access key before it is deleted"),
  ram(writing, "DeleteAccessKey", "forceDestroy: deletes an access key"),
  ram(writing, "ListPoliciesForUser", "forceDestroy: finds policies"),
  ram(writing, "DetachPolicyFromUser", "forceDestroy: detaches a policy"),
  ram(writing, "ListGroupsForUser", "forceDestroy: finds groups"),
  ram(writing, "RemoveUserFromGroup", "forceDestroy: takes the user out of a group"),
  ram(writing, "GetLoginProfile", "forceDestroy: finds the console logon"),
  ram(writing, "DeleteLoginProfile", "forceDestroy: deletes the console logon"),
  ram(writing, "GetUserMFAInfo", "forceDestroy: finds the MFA device"),
  ram(writing, "UnbindMFADevice", "forceDestroy: unbinds the MFA device"),
  bastionhost(jobs, "GetUser", "reads a user"),
  bastionhost(jobs, "ListUsers", "reads many users, and finds one by name"),
  bastionhost(
    judging,
    "GetInstanceTwoFactor",
    "tells in a preview that mobile or email is demanded; without it the preview does not judge that",
  ),
  bastionhost(writing, "CreateUser", "creates a user"),
  bastionhost(writing, "ModifyUser", "changes a user"),
  bastionhost(writing, "DeleteUser", "deletes a user"),
  bastionhost(writing, "LockUsers", "locked: true, and onDelete: lock"),
  bastionhost(writing, "UnlockUsers", "locked: false"),
  eiam(jobs, "GetUser", "reads a user"),
  eiam(jobs, "ListUsers", "reads many users, and finds one by name"),
  eiam(
    judging,
    "GetRootOrganizationalUnit",
    "creates a user without primaryOrganizationalUnitId; in a preview, compares it with organizationalUnitIds",
  ),
  eiam(writing, "CreateUser", "creates a user"),
  eiam(writing, "UpdateUser", "changes a user"),
  eiam(writing, "UpdateUserDescription", "changes description"),
  eiam(writing, "UpdateUserPassword", "changes password"),
  eiam(writing, "SetUserPrimaryOrganizationalUnit", "changes primaryOrganizationalUnitId"),
  eiam(writing, "AddUserToOrganizationalUnits", "changes organizationalUnitIds"),
  eiam(writing, "RemoveUserFromOrganizationalUnits", "changes organizationalUnitIds"),
  eiam(writing, "EnableUser", 'status: "enabled"'),
  eiam(writing, "DisableUser", 'status: "disabled", and onDelete: lock'),
  eiam(writing, "UnlockUser", "locked: false"),
  eiam(writing, "DeleteUser", "deletes a user"),
];

/** The prefix of each product's actions in a RAM policy. */
export const policyPrefix: Readonly<Record<ProductName, string>> = {
  Ram: "ram",
  Bastionhost: "yundun-bastionhost",
  Eiam: "eiam",
};

/** The least RAM policy for these products and jobs. */
export function policyOf(products: readonly ProductName[], wanted: readonly Job[]): object {
  const statements = products.map((product) => ({
    Effect: "Allow",
    Action: permissions
      .filter((each) => each.product === product && each.jobs.some((job) => wanted.includes(job)))
      .map(({ action }) => `${policyPrefix[product]}:${action}`),
    Resource: "*",
  }));
  return { Version: "1", Statement: statements };
}
