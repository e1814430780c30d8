import { z } from "zod";
import { defineAction } from "./defineAction";
import { instanceParams } from "./instanceParams";
import { findBastionhost } from "./instances";

/** The operation that reads the two-factor settings of a whole bastion host. */
export const twoFactor = {
  GetInstanceTwoFactor: defineAction({
    accepts: z.strictObject(instanceParams),
    run(world, params) {
      const config = findBastionhost(world, params.InstanceId).twoFactor;
      return {
        Config: {
          EnableTwoFactor: config.enableTwoFactor,
          SkipTwoFactorTime: config.skipTwoFactorTime,
          TwoFactorMethods: config.twoFactorMethods,
        },
      };
    },
  }),
};
