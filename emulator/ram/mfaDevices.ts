import { z } from "zod";
import { ApiError } from "../product/apiError";
import type { RamUser } from "./account";
import { defineAction } from "./defineAction";
import { existingUserName } from "./entityName";
import { findUser } from "./findUser";

/** The operations on a user's MFA device, which only a snapshot can bind. */
export const mfaDevices = {
  GetUserMFAInfo: defineAction({
    accepts: z.strictObject({ UserName: existingUserName }),
    run({ state }, params) {
      const { serialNumber, type } = deviceOf(findUser(state, params.UserName));
      return { MFADevice: { SerialNumber: serialNumber, Type: type } };
    },
  }),

  UnbindMFADevice: defineAction({
    accepts: z.strictObject({ UserName: existingUserName }),
    run({ state }, params) {
      const user = findUser(state, params.UserName);
      const { serialNumber } = deviceOf(user);
      user.mfaDevice = undefined;
      return { MFADevice: { SerialNumber: serialNumber } };
    },
  }),
};

function deviceOf(user: RamUser): NonNullable<RamUser["mfaDevice"]> {
  if (user.mfaDevice) return user.mfaDevice;
  throw new ApiError(404, "EntityNotExist.User.MFADevice", "User not bind");
}
