import { z } from "zod";
import { defineAction } from "../action";
import { ApiError } from "../apiError";
import { cursorAfter, serialOf } from "../cursor";
import { isoSeconds } from "../isoSeconds";
import { wholeNumber } from "../parameters";
import type { World } from "../world";
import type { RamUser } from "./account";
import { entityName } from "./entityName";
import { findUser } from "./findUser";
import { isHidden } from "./isHidden";

const shortText = z.string().min(1).max(128);
const mobilePhone = z.string().regex(/^\d+-\d+$/);
const email = z.string().regex(/^[^@\s]+@[^@\s]+$/);
const cleared = z.literal("");

/** The operations on RAM users themselves. */
export const users = {
  CreateUser: defineAction({
    accepts: z.strictObject({
      UserName: entityName,
      DisplayName: shortText.optional(),
      MobilePhone: mobilePhone.optional(),
      Email: email.optional(),
      Comments: shortText.optional(),
    }),
    run(world, params) {
      const user = newUser(world, params.UserName);
      user.displayName = params.DisplayName;
      user.mobilePhone = params.MobilePhone;
      user.email = params.Email;
      user.comments = params.Comments ?? "";
      world.store.ram.users.put(user);
      return { User: { ...profile(world, user), UpdateDate: undefined } };
    },
  }),

  GetUser: defineAction({
    accepts: z.strictObject({ UserName: entityName }),
    run(world, params) {
      const user = findUser(world.store.ram, params.UserName);
      if (isHidden(world.store.ram, user))
        throw new ApiError(404, "EntityNotExist.User", "The user does not exist.");
      return { User: { ...profile(world, user), LastLoginDate: user.lastLoginDate } };
    },
  }),

  UpdateUser: defineAction({
    accepts: z.strictObject({
      UserName: entityName,
      NewUserName: entityName,
      NewDisplayName: z.string().max(128).optional(),
      NewMobilePhone: cleared.or(mobilePhone).optional(),
      NewEmail: cleared.or(email).optional(),
      NewComments: z.string().max(128).optional(),
    }),
    run(world, params) {
      const { ram } = world.store;
      const current = findUser(ram, params.UserName);
      if (params.NewUserName !== params.UserName) refuseTakenName(world, params.NewUserName);
      const user = {
        ...current,
        userName: params.NewUserName,
        displayName: changed(current.displayName, params.NewDisplayName),
        mobilePhone: changed(current.mobilePhone, params.NewMobilePhone),
        email: changed(current.email, params.NewEmail),
        comments: params.NewComments ?? current.comments,
        updateDate: isoSeconds(world.now()),
      };
      ram.users.put(user);
      return { User: profile(world, user) };
    },
  }),

  DeleteUser: defineAction({
    accepts: z.strictObject({ UserName: entityName }),
    run({ store }, params) {
      const user = findUser(store.ram, params.UserName);
      const obstacle = obstacles(user)[0];
      if (obstacle) throw new ApiError(409, `DeleteConflict.User.${obstacle}`, conflictMessage(obstacle));
      store.ram.users.remove(user.userId);
      store.ram.unseenReads.delete(user.userId);
      return {};
    },
  }),

  ListUsers: defineAction({
    accepts: z.strictObject({
      Marker: z.string().min(1).optional(),
      MaxItems: wholeNumber(1, 1000).optional(),
    }),
    run(world, params) {
      const { page, next } = readPage(world, startOf(params.Marker), params.MaxItems ?? 100);
      const marker = next === undefined ? undefined : cursorAfter(next);
      const listed = page.map((user) => profile(world, user));
      return { IsTruncated: next !== undefined, Marker: marker, Users: { User: listed } };
    },
  }),
};

function newUser(world: World, userName: string): RamUser {
  const { store, settings } = world;
  refuseTakenName(world, userName);
  const quota = settings.userQuota.Ram ?? 5000;
  if (store.ram.users.count() >= quota) {
    throw new ApiError(409, "LimitExceeded.User", `The count of users beyond the current limits: ${quota}.`);
  }
  const userId = String(store.ram.nextUserId++);
  if (settings.lagReads.Ram) store.ram.unseenReads.set(userId, settings.lagReads.Ram);
  const date = isoSeconds(world.now());
  const nothing = { accessKeys: [], policies: [], groups: [] };
  return { userId, userName, comments: "", createDate: date, updateDate: date, ...nothing };
}

function refuseTakenName({ store }: World, userName: string): void {
  if (!store.ram.users.find("userName", userName)) return;
  throw new ApiError(409, "EntityAlreadyExists.User", `The user ${userName} already exists.`);
}

function changed(current: string | undefined, wanted: string | undefined): string | undefined {
  // An empty text clears: terraform-provider-alicloud's acceptance test removes these one by one that way.
  return wanted === undefined ? current : wanted || undefined;
}

function profile({ settings }: World, user: RamUser) {
  const isChina = settings.site === "china";
  return {
    UserId: user.userId,
    UserName: user.userName,
    DisplayName: user.displayName,
    MobilePhone: isChina ? user.mobilePhone : undefined,
    Email: isChina ? user.email : undefined,
    Comments: user.comments,
    CreateDate: user.createDate,
    UpdateDate: user.updateDate as string | undefined,
  };
}

function obstacles(user: RamUser): string[] {
  const inTheWay = {
    Group: user.groups.length > 0,
    AccessKey: user.accessKeys.length > 0,
    LoginProfile: user.loginProfile !== undefined,
    MFADevice: user.mfaDevice !== undefined,
    // One in the scope of a resource group blocks as well (unverified): it is access that would dangle.
    Policy: user.policies.length > 0,
  };
  return Object.entries(inTheWay).flatMap(([name, present]) => (present ? [name] : []));
}

function conflictMessage(obstacle: string): string {
  return `The user still has a ${obstacle}; remove it before the user is deleted.`;
}

function readPage({ store }: World, after: number, limit: number) {
  const page: RamUser[] = [];
  let last = after;
  for (const { serial, row } of store.ram.users.since(after)) {
    if (page.length === limit) return { page, next: last };
    last = serial;
    if (!isHidden(store.ram, row)) page.push(row);
  }
  return { page, next: undefined };
}

function startOf(marker: string | undefined): number {
  const serial = marker === undefined ? 0 : serialOf(marker);
  if (serial === undefined) throw new ApiError(400, "InvalidParameter.Marker", "The marker is invalid.");
  return serial;
}
