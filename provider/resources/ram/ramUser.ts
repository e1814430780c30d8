import { z } from "zod";
import type { Wire } from "../../core/wire";
import { attr } from "../../core/attribute";
import { defineResource } from "../../core/resource";
import { adopt, emailAddress, text } from "../../core/schemas";
import { ramAnswers, ramOtherFields } from "./answers";
import { ramDependents } from "./dependents";

const idPattern = /^\d+$/;

/** A RAM user of the account. https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-updateuser */
export const ramUser = defineResource({
  type: "RamUser",
  service: "Ram",
  identity: ["UserId"],
  nameField: "UserName",
  ignoresNameCase: true,
  createdAtField: "CreateDate",
  requestKey: ({ UserName }) => ({ UserName }),
  read: {
    get: { action: "GetUser", by: "UserName", nobody: "alicloud-users-doctor-nobody" },
    list: {
      action: "ListUsers",
      page: (cursor) => ({ MaxItems: 1000, ...(cursor === undefined ? {} : { Marker: cursor }) }),
      from: ({ Users }) => (Users as Wire).User as Wire[],
      next: ({ IsTruncated, Marker }) => (IsTruncated === true ? String(Marker) : undefined),
      pages: () => undefined,
      omittedFields: [],
    },
    from: ({ User }) => User as Wire | undefined,
    otherFields: ramOtherFields,
    notFoundCodes: ["EntityNotExist.User"],
    idPattern,
    consistencyWindowMs: 3000,
  },
  nonIdempotent: { CreateUser: true },
  answers: ramAnswers,
  create: { action: "CreateUser" },
  update: {
    action: "UpdateUser",
    // NewUserName is required even when the name stays.
    toRequest: (params): Wire => ({ NewUserName: params.UserName, ...params }),
  },
  lostByReplacement: "access keys, policies, groups, console logon and MFA device",
  delete: { action: "DeleteUser", dependents: ramDependents },
  attributes: {
    /** The name the user logs on with, unique in the account: 1 to 64 letters, digits, periods, hyphens and underscores, in old accounts also `@`. A new name renames the user in place. */
    userName: attr(
      "UserName",
      text(1, 64).regex(/^[\w.@-]+$/, "may hold letters, digits, periods, hyphens, underscores and @ only."),
      { updateParameter: "NewUserName" },
    ),
    /** The name shown in the console: 1 to 128 characters. Empty, or taken out of the program, it is cleared. */
    displayName: attr("DisplayName", text(0, 128).optional(), {
      updateParameter: "NewDisplayName",
      clear: "",
    }),
    /** The mobile number as `<country code>-<number>`, for example `86-18600000000`. Only accounts of the China site show it; on others it is written and reported as not verifiable. */
    mobilePhone: attr(
      "MobilePhone",
      z
        .string()
        .regex(/^(\d{1,4}-\d{4,20})?$/, 'must be "<country code>-<number>", for example "86-18600000000".')
        .optional(),
      { updateParameter: "NewMobilePhone", clear: "" },
    ),
    /** The email address. Only accounts of the China site show it; on others it is written and reported as not verifiable. */
    email: attr("Email", emailAddress(128).optional(), { updateParameter: "NewEmail", clear: "" }),
    /** A description of the user: 1 to 128 characters. Empty, or taken out of the program, it is cleared. */
    comments: attr("Comments", text(0, 128).optional(), {
      updateParameter: "NewComments",
      clear: "",
      alwaysShown: true,
    }),
  },
  options: {
    /** Take over an existing user, and update it to what is declared: with `true` the one of this name, with the id of a user that one and no other. Without it, create fails on a user of this name and names it. */
    adopt: adopt(idPattern),
    /** What happens to the user when it is removed from the program: `delete` (the default), or `retain`: it stays as it is. */
    onDelete: z
      .enum(["delete", "retain"], {
        error:
          'must be "delete" or "retain". The RAM API cannot lock a user; disable its access keys and console logon instead.',
      })
      .optional(),
    /** Before the delete, remove what stands in its way: access keys, policies, groups, the console logon, the MFA device; not passkeys, nor policies that are attached in a resource group. Without it, the error names what is in the way. */
    forceDestroy: z.boolean().optional(),
  },
  rules: [],
  setters: {},
});
