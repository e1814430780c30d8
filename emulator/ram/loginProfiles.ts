import { z } from "zod";
import { defineAction } from "../action";
import { ApiError } from "../apiError";
import { digest } from "../digest";
import { isoSeconds } from "../isoSeconds";
import { flag } from "../parameters";
import type { RamUser } from "./account";
import { entityName } from "./entityName";
import { findUser } from "./findUser";

/** The operations on the console logon of a user. */
export const loginProfiles = {
  GetLoginProfile: defineAction({
    accepts: z.strictObject({ UserName: entityName }),
    run({ store }, params) {
      const user = findUser(store.ram, params.UserName);
      return { LoginProfile: shown(user.userName, profileOf(user)) };
    },
  }),

  CreateLoginProfile: defineAction({
    accepts: z.strictObject({
      UserName: entityName,
      // The account's password policy is not modelled; its default least length of 8 is (unverified).
      Password: z.string().min(8).max(128),
      PasswordResetRequired: flag.optional(),
      MFABindRequired: flag.optional(),
    }),
    run({ store, now }, params) {
      const user = findUser(store.ram, params.UserName);
      if (user.loginProfile) {
        throw new ApiError(
          409,
          "EntityAlreadyExists.User.LoginProfile",
          "The user already has a login profile.",
        );
      }
      user.loginProfile = {
        passwordDigest: digest(params.Password),
        passwordResetRequired: params.PasswordResetRequired ?? false,
        mfaBindRequired: params.MFABindRequired ?? false,
        createDate: isoSeconds(now()),
      };
      return { LoginProfile: shown(user.userName, user.loginProfile) };
    },
  }),

  DeleteLoginProfile: defineAction({
    accepts: z.strictObject({ UserName: entityName }),
    run({ store }, params) {
      const user = findUser(store.ram, params.UserName);
      profileOf(user);
      user.loginProfile = undefined;
      return {};
    },
  }),
};

type LoginProfile = NonNullable<RamUser["loginProfile"]>;

function profileOf(user: RamUser): LoginProfile {
  if (user.loginProfile) return user.loginProfile;
  throw new ApiError(404, "EntityNotExist.User.LoginProfile", "The login profile does not exist.");
}

function shown(userName: string, profile: LoginProfile) {
  return {
    UserName: userName,
    PasswordResetRequired: profile.passwordResetRequired,
    MFABindRequired: profile.mfaBindRequired,
    CreateDate: profile.createDate,
  };
}
