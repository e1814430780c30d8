import { z } from "zod";
import type { World } from "../product/product";
import { defineAction } from "./defineAction";
import { findIdaas, findIdaasUser, type IdaasInstances } from "./instances";
import type { EiamUser } from "./snapshot";
import { oneUserParams } from "./userParams";

const oneUser = z.strictObject(oneUserParams);

/** The operations that switch a user on and off; each succeeds on a user who is so already (unverified). */
export const statuses = {
  EnableUser: defineAction({
    postOnly: true,
    accepts: oneUser,
    run: (world, params) => change(world, params, { status: "enabled" }),
  }),

  DisableUser: defineAction({
    postOnly: true,
    accepts: oneUser,
    run: (world, params) => change(world, params, { status: "disabled" }),
  }),

  UnlockUser: defineAction({
    postOnly: true,
    accepts: oneUser,
    run: (world, params) => change(world, params, { lockExpireTime: undefined }),
  }),
};

function change(world: World<IdaasInstances>, params: z.output<typeof oneUser>, changes: Partial<EiamUser>) {
  const idaas = findIdaas(world, params.InstanceId);
  const user = findIdaasUser(idaas, params.UserId);
  idaas.users.put({ ...user, ...changes, updateTime: world.now().getTime() });
  return {};
}
