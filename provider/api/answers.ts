import { z } from "zod";

/** What the provider relies on in an answer of each action; an answer may hold more. */
export type Answers = Readonly<Record<string, z.ZodType>>;

const text = z.string().min(1);
const count = z.union([z.int().min(0), z.string().regex(/^\d+$/)]);
const user = z.looseObject({ UserId: z.union([text, z.number()]) });
const ramUser = user.extend({ UserName: text });

/** A page of a list that counts all of its users. */
const countedUsers = z
  .looseObject({ Users: z.array(user), TotalCount: count })
  .refine(({ Users, TotalCount }) => Users.length <= Number(TotalCount), {
    error: "TotalCount is less than the number of Users",
  });

/** A list in an object of its own, each entry with this key. */
const wrapped = (list: string, entry: string, key: string) =>
  z.looseObject({ [list]: z.looseObject({ [entry]: z.array(z.looseObject({ [key]: text })) }) });

const verdicts = z.looseObject({ Results: z.array(z.looseObject({ Code: text })).min(1) });

/** What is relied on in answers of RAM. */
export const ramAnswers: Answers = {
  CreateUser: z.looseObject({ User: ramUser }),
  GetUser: z.looseObject({ User: ramUser }),
  UpdateUser: z.looseObject({ User: ramUser.optional() }),
  ListUsers: z
    .looseObject({
      Users: z.looseObject({ User: z.array(ramUser) }),
      IsTruncated: z.boolean().optional(),
      Marker: z.string().optional(),
    })
    .refine(({ IsTruncated, Marker }) => IsTruncated !== true || Boolean(Marker), {
      error: "Marker is missing, though IsTruncated is true",
    }),
  ListAccessKeys: wrapped("AccessKeys", "AccessKey", "AccessKeyId"),
  ListPoliciesForUser: wrapped("Policies", "Policy", "PolicyName"),
  ListGroupsForUser: wrapped("Groups", "Group", "GroupName"),
};

/** What is relied on in answers of Bastionhost. */
export const bastionhostAnswers: Answers = {
  CreateUser: user,
  GetUser: z.looseObject({ User: user }),
  ListUsers: countedUsers,
  LockUsers: verdicts,
  UnlockUsers: verdicts,
  GetInstanceTwoFactor: z.looseObject({ Config: z.looseObject({}) }),
};

const unit = z.looseObject({ OrganizationalUnitId: text });

/** What is relied on in answers of EIAM. */
export const eiamAnswers: Answers = {
  CreateUser: user,
  GetUser: z.looseObject({
    User: user.extend({
      CustomFields: z.array(z.looseObject({})).nullish(),
      OrganizationalUnits: z.array(unit).nullish(),
    }),
  }),
  ListUsers: countedUsers,
  GetRootOrganizationalUnit: z.looseObject({ OrganizationalUnit: unit }),
};

/** Every answer of the API names its request. */
export const anyAnswer = z.looseObject({ RequestId: text });
