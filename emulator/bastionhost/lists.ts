import { z } from "zod";
import { pageOf } from "../product/pageOf";
import { emptyMeansAbsent, wholeNumber } from "../product/parameters";
import { defineAction } from "./defineAction";
import { instanceParams } from "./instanceParams";
import { type BastionhostUser, findBastionhost, userState } from "./instances";
import { shownUser } from "./shownUser";

const exactly = emptyMeansAbsent(z.string());

const listParams = z.strictObject({
  ...instanceParams,
  PageNumber: wholeNumber(1, 1_000_000).optional(),
  PageSize: wholeNumber(1, 100).optional(),
  UserName: exactly,
  DisplayName: exactly,
  Mobile: exactly,
  SourceUserId: exactly,
  Source: emptyMeansAbsent(z.enum(["Local", "Ram", "AD", "LDAP"])),
  UserState: emptyMeansAbsent(userState),
  UserGroupId: exactly,
});

type ListParams = z.output<typeof listParams>;

/** The operation that lists the users of a bastion host. */
export const lists = {
  ListUsers: defineAction({
    accepts: listParams,
    run(world, params) {
      const host = findBastionhost(world, params.InstanceId);
      const size = params.PageSize ?? 20;
      const skipped = ((params.PageNumber ?? 1) - 1) * size;
      const { page, total } = pageOf(host.users.rows(), (user) => isWanted(user, params), skipped, size);
      return { TotalCount: total, Users: page.map(shownUser) };
    },
  }),
};

function isWanted(user: BastionhostUser, params: ListParams): boolean {
  return (
    matches(user.userName, params.UserName) &&
    matches(user.displayName, params.DisplayName) &&
    matches(user.mobile, params.Mobile) &&
    matches(user.sourceUserId, params.SourceUserId) &&
    matches(user.source, params.Source) &&
    (params.UserState === undefined || user.userState.includes(params.UserState)) &&
    (params.UserGroupId === undefined || user.userGroupIds.includes(params.UserGroupId))
  );
}

function matches(value: string, wanted: string | undefined): boolean {
  return wanted === undefined || value === wanted;
}
