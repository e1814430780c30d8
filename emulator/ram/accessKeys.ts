import { z } from "zod";
import { defineAction } from "../action";
import { ApiError } from "../apiError";
import { isoSeconds } from "../isoSeconds";
import { randomName } from "../randomName";
import type { RamAccessKey, RamAccount } from "./account";
import { entityName } from "./entityName";
import { findUser } from "./findUser";

const userAccessKeyId = z.string().min(1).max(128);

/** The operations on AccessKey pairs; without a UserName they act on the caller's own, as the real ones do. */
export const accessKeys = {
  ListAccessKeys: defineAction({
    accepts: z.strictObject({ UserName: entityName.optional() }),
    run: ({ store }, params) => ({
      AccessKeys: { AccessKey: keysOf(store.ram, params.UserName).map(shown) },
    }),
  }),

  CreateAccessKey: defineAction({
    accepts: z.strictObject({ UserName: entityName.optional() }),
    run({ store, now }, params) {
      const keys = keysOf(store.ram, params.UserName);
      if (keys.length >= 2)
        throw new ApiError(409, "LimitExceeded.User.AccessKey", "A user has at most 2 AccessKeys.");
      const accessKeyId = `LTAI${randomName(20)}`;
      const key = { accessKeyId, status: "Active" as const, createDate: isoSeconds(now()) };
      keys.push(key);
      // The secret lives in this answer alone, so the new key cannot sign calls to the emulator.
      return { AccessKey: { ...shown(key), AccessKeySecret: randomName(30) } };
    },
  }),

  UpdateAccessKey: defineAction({
    accepts: z.strictObject({
      UserAccessKeyId: userAccessKeyId,
      Status: z.enum(["Active", "Inactive"]),
      UserName: entityName.optional(),
    }),
    run({ store }, params) {
      const keys = keysOf(store.ram, params.UserName);
      const at = indexOf(keys, params.UserAccessKeyId);
      keys[at] = { ...keys[at]!, status: params.Status };
      return {};
    },
  }),

  DeleteAccessKey: defineAction({
    accepts: z.strictObject({ UserAccessKeyId: userAccessKeyId, UserName: entityName.optional() }),
    run({ store }, params) {
      const keys = keysOf(store.ram, params.UserName);
      // The caller's key leaves his list but goes on signing, so that one slip does not lock a whole test run out.
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
