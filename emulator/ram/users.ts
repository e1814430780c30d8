import { z } from "zod";
import { ApiError } from "../product/apiError";
import { cursorAfter, serialOf } from "../product/cursor";
import { isoSeconds } from "../product/isoSeconds";
import { wholeNumber } from "../product/parameters";
import type { World } from "../product/product";
import type { RamAccount, RamUser } from "./account";
import { defineAction } from "./defineAction";
import { entityName, existingUserName } from "./entityName";
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
      world.state.users.put(user);
      return { User: { ...profile(world, user), UpdateDate: undefined } };
    },
  }),

  GetUser: defineAction({
    accepts: z.strictObject({ UserName: existingUserName }),
    run(world, params) {
      const user = findUser(world.state, params.UserName);
      if (isHidden(world.state, user))
        throw new ApiError(404, "EntityNotExist.User", "The user does not exist.");
      return { User: { ...profile(world, user), LastLoginDate: user.lastLoginDate } };
    },
  }),

  UpdateUser: defineAction({
    accepts: z.strictObject({
      UserName: existingUserName,
      NewUserName: existingUserName,
      NewDisplayName: z.string().max(128).optional(),
      NewMobilePhone: cleared.or(mobilePhone).optional(),
      NewEmail: cleared.or(email).optional(),
      NewComments: z.string().max(128).optional(),
    }),
    run(world, params) {
      const { state } = world;
      const current = findUser(state, params.UserName);
      if (params.NewUserName !== params.UserName) refuseNewName(world, params.NewUserName);
      const user = {
        ...current,
        userName: params.NewUserName,
        displayName: changed(current.displayName, params.NewDisplayName),
        mobilePhone: changed(current.mobilePhone, params.NewMobilePhone),
        email: changed(current.email, params.NewEmail),
        comments: params.NewComments ?? current.comments,
        updateDate: isoSeconds(world.now()),
      };
      state.users.put(user);
      if (user.userName !== current.userName)
        world.renamed(user.userId, { before: current.userName, now: user.userName });
      return { User: profile(world, user) };
    },
  }),

  DeleteUser: defineAction({
    accepts: z.strictObject({ UserName: existingUserName }),
    run({ state }, params) {
      const user = findUser(state, params.UserName);
      const dependent = dependentsOf(user)[0];
      if (dependent) throw deleteConflict(dependent);
      state.users.remove(user.userId);
      state.readsUntilVisible.delete(user.userId);
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

function newUser(world: World<RamAccount>, userName: string): RamUser {
  const { state, lagReads, userQuota: quota = 5000 } = world;
  refuseTakenName(world, userName);
  if (state.users.count() >= quota) {
    throw new ApiError(409, "LimitExceeded.User", `The count of users beyond the current limits: ${quota}.`);
  }
  const userId = String(state.nextUserId++);
  if (lagReads > 0) state.readsUntilVisible.set(userId, lagReads);
  const date = isoSeconds(world.now());
  const nothing = { accessKeys: [], policies: [], groups: [] };
  return { userId, userName, comments: "", createDate: date, updateDate: date, ...nothing };
}

function refuseNewName(world: World<RamAccount>, userName: string): void {
  if (!entityName.safeParse(userName).success)
    throw new ApiError(400, "InvalidParameter.NewUserName.InvalidChars", "The new name is invalid.");
  refuseTakenName(world, userName);
}

function refuseTakenName({ state }: World<RamAccount>, userName: string): void {
  if (!state.users.find("userName", userName)) return;
  throw new ApiError(409, "EntityAlreadyExists.User", `The user ${userName} already exists.`);
}

function changed(current: string | undefined, wanted: string | undefined): string | undefined {
  // An empty text clears: terraform-provider-alicloud's acceptance test removes these one by one that way.
  return wanted === undefined ? current : wanted || undefined;
}

function profile({ site }: World<RamAccount>, user: RamUser) {
  const isChina = site === "china";
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

function dependentsOf(user: RamUser): string[] {
  const dependents = {
    Group: user.groups.length > 0,
    AccessKey: user.accessKeys.length > 0,
    LoginProfile: user.loginProfile !== undefined,
    MFADevice: user.mfaDevice !== undefined,
    // A policy in the scope of a resource group blocks the delete too (unverified).
    Policy: user.policies.length > 0,
  };
  return Object.entries(dependents).flatMap(([name, present]) => (present ? [name] : []));
}

function deleteConflict(dependent: string): ApiError {
  const message = `The user still has a ${dependent}; remove it before the user is deleted.`;
  return new ApiError(409, `DeleteConflict.User.${dependent}`, message);
}

function readPage({ state }: World<RamAccount>, after: number, limit: number) {
  const page: RamUser[] = [];
  let last = after;
  for (const { serial, row } of state.users.since(after)) {
    if (page.length === limit) return { page, next: last };
    last = serial;
    if (!isHidden(state, row)) page.push(row);
  }
  return { page, next: undefined };
}

function startOf(marker: string | undefined): number {
  const serial = marker === undefined ? 0 : serialOf(marker);
  if (serial === undefined) throw new ApiError(400, "InvalidParameter.Marker", "The marker is invalid.");
  return serial;
}
