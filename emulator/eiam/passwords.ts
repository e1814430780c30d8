import { z } from "zod";
import { digest } from "../product/digest";
import { defineAction } from "./defineAction";
import { findIdaas, findIdaasUser } from "./instances";
import { oneUserParams, refuseWeakPassword } from "./userParams";

/** The operation that sets a user's password. */
export const passwords = {
  UpdateUserPassword: defineAction({
    postOnly: true,
    accepts: z.strictObject({
      ...oneUserParams,
      Password: z.string(),
      PasswordForcedUpdateStatus: z.enum(["enabled", "disabled"]).optional(),
      UserNotificationChannels: z.array(z.enum(["email", "sms"])).optional(),
    }),
    run(world, params) {
      const idaas = findIdaas(world, params.InstanceId);
      const user = findIdaasUser(idaas, params.UserId);
      refuseWeakPassword(params.Password);
      const password = { passwordDigest: digest(params.Password), passwordSet: true };
      idaas.users.put({ ...user, ...password, updateTime: world.now().getTime() });
      return {};
    },
  }),
};
