import { z } from "zod";
import { cursorAfter, serialOf } from "../product/cursor";
import { pageOf } from "../product/pageOf";
import { wholeNumber } from "../product/parameters";
import { defineAction } from "./defineAction";
import { findIdaas, type Idaas } from "./instances";
import { invalidParameter } from "./parameterErrors";
import { shownListedUser } from "./shownUser";
import type { EiamUser } from "./snapshot";
import { filledText, instanceParams } from "./userParams";

const listParams = z.strictObject({
  ...instanceParams,
  PageNumber: wholeNumber(1, 1_000_000).optional(),
  PageSize: wholeNumber(1, 100).optional(),
  NextToken: z.string().max(256).optional(),
  MaxResults: wholeNumber(1, 100).optional(),
  UserIds: z.array(filledText(64)).max(100).optional(),
  UsernameStartsWith: filledText(256).optional(),
  DisplayNameStartsWith: filledText(256).optional(),
  PhoneRegion: filledText(6).optional(),
  PhoneNumber: filledText(15).optional(),
  Email: filledText(128).optional(),
  UserExternalId: filledText(128).optional(),
  UserSourceId: filledText(128).optional(),
  UserSourceType: z.enum(["build_in", "ding_talk", "ad", "ldap", "we_com"]).optional(),
  Status: z.enum(["enabled", "disabled"]).optional(),
  OrganizationalUnitId: filledText(64).optional(),
});

type ListParams = z.output<typeof listParams>;

/** The operation that lists EIAM users, by page numbers or by tokens. */
export const lists = {
  ListUsers: defineAction({
    accepts: listParams,
    run(world, params) {
      const idaas = findIdaas(world, params.InstanceId);
      const byToken = params.NextToken !== undefined || params.MaxResults !== undefined;
      const byNumber = params.PageNumber !== undefined || params.PageSize !== undefined;
      // No page says what mixing the two does (unverified).
      if (byToken && byNumber) throw invalidParameter("NextToken", "it goes without PageNumber and PageSize");
      return byToken ? pageByToken(idaas, params) : pageByNumber(idaas, params);
    },
  }),
};

function pageByNumber(idaas: Idaas, params: ListParams) {
  const size = params.PageSize ?? 20;
  const skipped = ((params.PageNumber ?? 1) - 1) * size;
  const { page, total } = pageOf(idaas.users.rows(), (user) => isWanted(user, params), skipped, size);
  return answer(idaas, page, { total, size, next: "" });
}

function pageByToken(idaas: Idaas, params: ListParams) {
  const size = params.MaxResults ?? 20;
  const wanted = [...idaas.users.since(0)].filter(({ row }) => isWanted(row, params));
  const after = startOf(params.NextToken ?? "");
  const rest = wanted.filter(({ serial }) => serial > after);
  const page = rest.slice(0, size);
  const next = rest.length > size ? cursorAfter(page.at(-1)!.serial) : "";
  return answer(
    idaas,
    page.map(({ row }) => row),
    { total: wanted.length, size, next },
  );
}

function answer(idaas: Idaas, page: EiamUser[], found: { total: number; size: number; next: string }) {
  return {
    TotalCount: found.total,
    MaxResults: found.size,
    NextToken: found.next,
    Users: page.map((user) => shownListedUser(idaas, user)),
  };
}

function startOf(token: string): number {
  const serial = token === "" ? 0 : serialOf(token);
  if (serial === undefined) throw invalidParameter("NextToken", "it is not one of this list");
  return serial;
}

function isWanted(user: EiamUser, params: ListParams): boolean {
  return isInUnits(user, params) && hasNames(user, params) && hasContacts(user, params);
}

function isInUnits(user: EiamUser, params: ListParams): boolean {
  const unit = params.OrganizationalUnitId;
  return (
    (params.UserIds === undefined || params.UserIds.includes(user.userId)) &&
    (unit === undefined || user.organizationalUnitIds.includes(unit))
  );
}

function hasNames(user: EiamUser, params: ListParams): boolean {
  return (
    user.username.startsWith(params.UsernameStartsWith ?? "") &&
    (user.displayName ?? "").startsWith(params.DisplayNameStartsWith ?? "") &&
    isEqual(user.userExternalId, params.UserExternalId) &&
    isEqual(user.userSourceId, params.UserSourceId) &&
    isEqual(user.userSourceType, params.UserSourceType)
  );
}

function hasContacts(user: EiamUser, params: ListParams): boolean {
  return (
    isEqual(user.phoneRegion, params.PhoneRegion) &&
    isEqual(user.phoneNumber, params.PhoneNumber) &&
    isEqual(user.email, params.Email) &&
    isEqual(user.status, params.Status)
  );
}

function isEqual(value: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || value === wanted;
}
