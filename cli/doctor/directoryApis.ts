import { z } from "zod";
import type { Call, Wire } from "../../provider/core/wire";
import type { ProductName } from "./permissions";

/** How the users of one product are read, and what an answer looks like by the API's pages. */
export interface DirectoryApi {
  product: ProductName;
  /** Its name for people. */
  name: string;
  /** The longest page of users. */
  list: Call;
  users(answer: Wire): Wire[];
  /** How many users there are, as far as one answer tells. */
  count(answer: Wire): number | undefined;
  /** The parameters that name a user. */
  address(user: Wire): Wire;
  /** A user that nobody has. */
  nobody: Wire;
  /** Further reads of the provider, by the parameters of a user. */
  reads: readonly { action: string; ofUser: boolean }[];
  /** The fields of a user in an answer of GetUser. */
  whole: z.ZodObject;
  /** The fields of a user in the list. */
  listed: z.ZodObject;
}

const text = z.string();
const flag = z.boolean();
const time = z.number().int();
const texts = z.array(text);

const ramUser = z.object({
  ...{ UserId: text, UserName: text, DisplayName: text.optional(), Comments: text, CreateDate: text },
  ...{ UpdateDate: text, LastLoginDate: text.optional() },
  // Shown by the China site alone.
  ...{ MobilePhone: text.optional(), Email: text.optional() },
});

const bastionhostUser = z.object({
  ...{ UserId: text, UserName: text, DisplayName: text, Source: text, SourceUserId: text, Comment: text },
  ...{ Email: text, Mobile: text, MobileCountryCode: text, NeedResetPassword: flag, UserState: texts },
  ...{
    EffectiveStartTime: time.optional(),
    EffectiveEndTime: time.optional(),
    TwoFactorStatus: text,
    TwoFactorMethods: texts,
  },
  ...{ LanguageStatus: text, Language: text },
});

const eiamListed = z.object({
  ...{ InstanceId: text, UserId: text, Username: text, DisplayName: text.optional(), UserExternalId: text },
  ...{ Description: text.optional(), Email: text.optional(), EmailVerified: flag.optional() },
  ...{ PhoneRegion: text.optional(), PhoneNumber: text.optional(), PhoneNumberVerified: flag.optional() },
  ...{ Status: text, LockExpireTime: time.optional(), AccountExpireTime: time.optional() },
  ...{ PasswordSet: flag, PasswordExpireTime: time.optional(), RegisterTime: time, CreateTime: time },
  ...{ UpdateTime: time, UserSourceType: text, UserSourceId: text },
});

const eiamUser = eiamListed.extend({
  PrimaryOrganizationalUnitId: text,
  OrganizationalUnits: z.array(z.looseObject({ OrganizationalUnitId: text })),
  CustomFields: z.array(z.looseObject({ FieldName: text, FieldValue: text.optional() })).optional(),
  Groups: z.array(z.looseObject({ GroupId: text })).optional(),
  PreferredLanguage: text.optional(),
});

const usersIn = (answer: Wire) => (Array.isArray(answer.Users) ? (answer.Users as Wire[]) : []);
const total = (answer: Wire) => Number(answer.TotalCount);

/** A name that no account uses. */
const nobodysName = "alicloud-users-doctor-nobody";

/** The APIs by the product's name. */
export const directoryApis: Readonly<Record<ProductName, DirectoryApi>> = {
  Ram: {
    product: "Ram",
    name: "RAM",
    list: { action: "ListUsers", params: { MaxItems: 1000 } },
    users: ({ Users }) => usersIn({ Users: (Users as Wire | undefined)?.User }),
    count: () => undefined,
    address: ({ UserName }) => ({ UserName }),
    nobody: { UserName: nobodysName },
    reads: [
      "ListAccessKeys",
      "ListPoliciesForUser",
      "ListGroupsForUser",
      "GetLoginProfile",
      "GetUserMFAInfo",
    ].map((action) => ({ action, ofUser: true })),
    whole: ramUser,
    listed: ramUser,
  },
  Bastionhost: {
    product: "Bastionhost",
    name: "Bastionhost",
    list: { action: "ListUsers", params: { PageNumber: "1", PageSize: "100" } },
    users: usersIn,
    count: total,
    address: ({ UserId }) => ({ UserId }),
    nobody: { UserId: "9223372036854775807" },
    reads: [{ action: "GetInstanceTwoFactor", ofUser: false }],
    whole: bastionhostUser,
    listed: bastionhostUser,
  },
  Eiam: {
    product: "Eiam",
    name: "EIAM",
    list: { action: "ListUsers", params: { PageNumber: "1", PageSize: "100" } },
    users: usersIn,
    count: total,
    address: ({ UserId }) => ({ UserId }),
    nobody: { UserId: "user_alicloudusersdoctornobody" },
    reads: [{ action: "GetRootOrganizationalUnit", ofUser: false }],
    whole: eiamUser,
    listed: eiamListed,
  },
};

/** How a value differs from what the pages say, by the names of fields; the values themselves are not told. */
export function differencesOf(shape: z.ZodObject, value: Wire): { problems: string[]; unknown: string[] } {
  const problems = Object.entries(shape.shape as Record<string, z.ZodType>).flatMap(([name, schema]) => {
    const given = value[name];
    if (given === undefined || given === null) return schema.isOptional() ? [] : [`${name} is missing`];
    return schema.safeParse(given).success ? [] : [`${name} has another type (${typeOf(given)})`];
  });
  return { problems, unknown: Object.keys(value).filter((name) => !(name in shape.shape)) };
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}
