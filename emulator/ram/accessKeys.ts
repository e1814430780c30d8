import { z } from "zod";
import { ApiError } from "../product/apiError";
import { isoSeconds } from "../product/isoSeconds";
import { randomName } from "../product/randomName";
import type { RamAccessKey, RamAccount } from "./account";
import { defineAction } from "./defineAction";
import { existingUserName } from "./entityName";
import { findUser } from "./findUser";

const userAccessKeyId = z.string().min(1).max(128);

/** The operations on AccessKey pairs; without a UserName they act on the keys of the caller, as in the real API. */
export const accessKeys = {
  ListAccessKeys: defineAction({
    accepts: z.strictObject({ UserName: existingUserName.optional() }),
    run: ({ state }, params) => ({
      AccessKeys: { AccessKey: keysOf(state, params.UserName).map(shown) },
    }),
  }),

  CreateAccessKey: defineAction({
    accepts: z.strictObject({ UserName: existingUserName.optional() }),
    run({ state, now }, params) {
      const keys = keysOf(state, params.UserName);
      if (keys.length >= 2)
        throw new ApiError(409, "LimitExceeded.User.AccessKey", "A user has at most 2 AccessKeys.");
      const accessKeyId = `LTAI${randomName(20)}`;
      const key = { accessKeyId, status: "Active" as const, createDate: isoSeconds(now()) };
      keys.push(key);
      // The secret is in this answer only and is not kept, so the new key cannot sign calls to the emulator.
      return { AccessKey: { ...shown(key), AccessKeySecret: randomName(30) } };
    },
  }),

  UpdateAccessKey: defineAction({
    accepts: z.strictObject({
      UserAccessKeyId: userAccessKeyId,
      Status: z.enum(["Active", "Inactive"]),
      UserName: existingUserName.optional(),
    }),
    run({ state }, params) {
      const keys = keysOf(state, params.UserName);
      const at = indexOf(keys, params.UserAccessKeyId);
      keys[at] = { ...keys[at]!, status: params.Status };
      return {};
    },
  }),

  DeleteAccessKey: defineAction({
    accepts: z.strictObject({ UserAccessKeyId: userAccessKeyId, UserName: existingUserName.optional() }),
    run({ state }, params) {
      const keys = keysOf(state, params.UserName);
      // The caller's own key is removed from the list but still signs, so that one mistake does not end a whole test run.
      keys.splice(indexOf(keys, params.UserAccessKeyId), 1);
      return {};
    },
  }),
};

function keysOf(account: RamAccount, userName: string | undefined): RamAccessKey[] {
  return userName === undefined ? account.callerAccessKeys : findUser(account, userName).accessKeys;
}

function indexOf(keys: RamAccessKey[], accessKeyId: string): number {
  const at = keys.findIndex((key) => key.accessKeyId === accessKeyId);
  if (at < 0) throw new ApiError(404, "EntityNotExist.User.AccessKey", "The AccessKey does not exist.");
  return at;
}

function shown(key: RamAccessKey) {
  return { AccessKeyId: key.accessKeyId, Status: key.status, CreateDate: key.createDate };
}
