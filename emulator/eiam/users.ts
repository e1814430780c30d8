import { z } from "zod";
import { createParams, createUser } from "./createUser";
import { changeCustomFields, customFieldChanges } from "./customFields";
import { defineAction } from "./defineAction";
import { findIdaas, findIdaasUser } from "./instances";
import { refuseTakenUsername } from "./refuseTaken";
import { shownWholeUser } from "./shownUser";
import { mergeProfile, oneUserParams, profileParams, refuseHalfContacts, usernameText } from "./userParams";

/** The operations on one EIAM user. */
export const users = {
  CreateUser: defineAction({ postOnly: true, accepts: createParams, run: createUser }),

  GetUser: defineAction({
    accepts: z.strictObject(oneUserParams),
    run(world, params) {
      const idaas = findIdaas(world, params.InstanceId);
      return { User: shownWholeUser(idaas, findIdaasUser(idaas, params.UserId)) };
    },
  }),

  UpdateUser: defineAction({
    postOnly: true,
    accepts: z.strictObject({
      ...oneUserParams,
      ...profileParams,
      Username: usernameText.optional(),
      CustomFields: customFieldChanges,
    }),
    run(world, params) {
      const idaas = findIdaas(world, params.InstanceId);
      const current = findIdaasUser(idaas, params.UserId);
      refuseHalfContacts(params);
      const username = params.Username ?? current.username;
      if (username !== current.username) refuseTakenUsername(idaas, username);
      const changed = changeCustomFields(idaas, mergeProfile(current, params), params.CustomFields ?? []);
      idaas.users.put({ ...changed, username, updateTime: world.now().getTime() });
      return {};
    },
  }),

  UpdateUserDescription: defineAction({
    postOnly: true,
    accepts: z.strictObject({ ...oneUserParams, Description: z.string().max(256).optional() }),
    run(world, params) {
      const idaas = findIdaas(world, params.InstanceId);
      const user = findIdaasUser(idaas, params.UserId);
      // The operation has nothing else to do, so without a text, or with an empty one, it clears (unverified).
      const description = params.Description || undefined;
      idaas.users.put({ ...user, description, updateTime: world.now().getTime() });
      return {};
    },
  }),

  DeleteUser: defineAction({
    postOnly: true,
    accepts: z.strictObject(oneUserParams),
    run(world, params) {
      const idaas = findIdaas(world, params.InstanceId);
      idaas.users.remove(findIdaasUser(idaas, params.UserId).userId);
      return {};
    },
  }),
};
