import { z } from "zod";
import { ApiError } from "../product/apiError";
import { digest } from "../product/digest";
import { isoSeconds } from "../product/isoSeconds";
import { flag } from "../product/parameters";
import type { RamUser } from "./account";
import { defineAction } from "./defineAction";
import { existingUserName } from "./entityName";
import { findUser } from "./findUser";

/** The operations on the console logon of a user. */
export const loginProfiles = {
  GetLoginProfile: defineAction({
    accepts: z.strictObject({ UserName: existingUserName }),
    run({ state }, params) {
      const user = findUser(state, params.UserName);
      return { LoginProfile: shown(user.userName, profileOf(user)) };
    },
  }),

  CreateLoginProfile: defineAction({
    accepts: z.strictObject({
      UserName: existingUserName,
      // The account's password policy is not modelled; its default least length of 8 is (unverified).
      Password: z.string().min(8).max(128),
      PasswordResetRequired: flag.optional(),
      MFABindRequired: flag.optional(),
    }),
    run({ state, now }, params) {
      const user = findUser(state, params.UserName);
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
    accepts: z.strictObject({ UserName: existingUserName }),
    run({ state }, params) {
      const user = findUser(state, params.UserName);
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
