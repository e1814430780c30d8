import { z } from "zod";
import { ApiError } from "../product/apiError";
import { digest } from "../product/digest";
import { emptyMeansAbsent } from "../product/parameters";
import type { World } from "../product/product";
import { defineAction } from "./defineAction";
import { instanceParams, numericUserId } from "./instanceParams";
import {
  type Bastionhost,
  type Bastionhosts,
  type BastionhostUser,
  findBastionhost,
  findBastionhostUser,
} from "./instances";
import { invalidArgument } from "./invalidArgument";
import { shownUser } from "./shownUser";
import { mergeUser, refuseContradictions, userParams } from "./userParams";

const oneUser = z.strictObject({ ...instanceParams, UserId: numericUserId });

const createParams = z.strictObject({
  ...instanceParams,
  ...userParams,
  Source: z.enum(["Local", "Ram", "AD", "LDAP"]),
  UserName: z.string().min(1).max(128),
  SourceUserId: emptyMeansAbsent(z.string()),
});

type CreateParams = z.output<typeof createParams>;

/** The operations on one user of a bastion host. */
export const users = {
  CreateUser: defineAction({
    accepts: createParams,
    run(world, params) {
      const host = findBastionhost(world, params.InstanceId);
      const user = mergeUser(newUser(host, params), params);
      refuseContradictions(host, user, params);
      refuseDuplicate(host, user);
      refuseOverQuota(world, host);
      host.users.put(user);
      host.nextUserId += 1;
      return { UserId: user.userId };
    },
  }),

  GetUser: defineAction({
    accepts: oneUser,
    run(world, params) {
      const host = findBastionhost(world, params.InstanceId);
      return { User: shownUser(findBastionhostUser(host, params.UserId)) };
    },
  }),

  ModifyUser: defineAction({
    accepts: z.strictObject({ ...instanceParams, ...userParams, UserId: numericUserId }),
    run(world, params) {
      const host = findBastionhost(world, params.InstanceId);
      const current = findBastionhostUser(host, params.UserId);
      const user = mergeUser(current, params);
      refuseContradictions(host, user, params);
      if (user.source === "Local" && params.Password) user.passwordDigest = digest(params.Password);
      host.users.put(user);
      return {};
    },
  }),

  DeleteUser: defineAction({
    accepts: oneUser,
    run(world, params) {
      const host = findBastionhost(world, params.InstanceId);
      host.users.remove(findBastionhostUser(host, params.UserId).userId);
      return {};
    },
  }),
};

function newUser(host: Bastionhost, params: CreateParams): BastionhostUser {
  const isLocal = params.Source === "Local";
  if (isLocal && !params.Password) throw invalidArgument("Password is missing.");
  if (!isLocal && !params.SourceUserId) throw invalidArgument("SourceUserId is missing.");
  return {
    userId: String(host.nextUserId),
    userName: params.UserName,
    displayName: params.UserName,
    source: params.Source,
    // A Local user has none, and one that is sent for it has no effect (unverified).
    sourceUserId: isLocal ? "" : (params.SourceUserId ?? ""),
    passwordDigest: isLocal && params.Password ? digest(params.Password) : undefined,
    ...settingsOfNewUser(),
  };
}

function settingsOfNewUser() {
  return {
    comment: "",
    email: "",
    mobile: "",
    mobileCountryCode: "CN",
    needResetPassword: false,
    twoFactorStatus: "Global" as const,
    twoFactorMethods: [],
    languageStatus: "Global" as const,
    language: "" as const,
    userState: ["Normal" as const],
    userGroupIds: [],
  };
}

function refuseDuplicate(host: Bastionhost, user: BastionhostUser): void {
  if (!host.users.find("userName", user.userName)) return;
  throw new ApiError(400, "UserAlreadyExists", "The user already exists.");
}

function refuseOverQuota(world: World<Bastionhosts>, host: Bastionhost): void {
  const { userQuota: quota = Infinity } = world;
  if (host.users.count() < quota) return;
  // Documented for hosts and databases; for users (unverified).
  throw new ApiError(400, "LicenseOutOfLimit", "The number of assets exceeds the limit of the license.");
}
