import { z } from "zod";
import { ApiError } from "../product/apiError";
import { isoSeconds } from "../product/isoSeconds";
import { randomName } from "../product/randomName";
import type { RamAccount, RamGroup } from "./account";
import { defineAction } from "./defineAction";
import { entityName, existingUserName } from "./entityName";
import { findUser } from "./findUser";

const membership = z.strictObject({ UserName: existingUserName, GroupName: entityName });

/** The operations on user groups and who is in them. */
export const groups = {
  CreateGroup: defineAction({
    accepts: z.strictObject({ GroupName: entityName, Comments: z.string().max(128).optional() }),
    run({ state, now }, params) {
      if (state.groups.get(params.GroupName)) {
        throw new ApiError(409, "EntityAlreadyExists.Group", "The group already exists.");
      }
      const group = {
        groupId: `g-${randomName(16)}`,
        groupName: params.GroupName,
        comments: params.Comments ?? "",
        createDate: isoSeconds(now()),
      };
      state.groups.put(group);
      return { Group: { ...shown(group), CreateDate: group.createDate } };
    },
  }),

  AddUserToGroup: defineAction({
    accepts: membership,
    run({ state, now }, params) {
      const user = findUser(state, params.UserName);
      const { groupName } = findGroup(state, params.GroupName);
      if (user.groups.some((joined) => joined.groupName === groupName)) {
        throw new ApiError(409, "EntityAlreadyExists.User.Group", "The user is already in the group.");
      }
      if (user.groups.length >= 10)
        throw new ApiError(409, "LimitExceeded.User.Group", "A user is in at most 10 groups.");
      user.groups.push({ groupName, joinDate: isoSeconds(now()) });
      return {};
    },
  }),

  RemoveUserFromGroup: defineAction({
    accepts: membership,
    run({ state }, params) {
      const user = findUser(state, params.UserName);
      const { groupName } = findGroup(state, params.GroupName);
      const at = user.groups.findIndex((joined) => joined.groupName === groupName);
      if (at < 0) throw new ApiError(404, "EntityNotExist.User.Group", "The user is not in the group.");
      user.groups.splice(at, 1);
      return {};
    },
  }),

  ListGroupsForUser: defineAction({
    accepts: z.strictObject({ UserName: existingUserName }),
    run({ state }, params) {
      const joined = findUser(state, params.UserName).groups;
      const listed = joined.map(({ groupName, joinDate }) => ({
        ...shown(findGroup(state, groupName)),
        JoinDate: joinDate,
      }));
      return { Groups: { Group: listed } };
    },
  }),
};

function findGroup(account: RamAccount, groupName: string): RamGroup {
  const group = account.groups.get(groupName);
  if (!group) throw new ApiError(404, "EntityNotExist.Group", "The group does not exist.");
  return group;
}

function shown(group: RamGroup) {
  return { GroupId: group.groupId, GroupName: group.groupName, Comments: group.comments };
}
