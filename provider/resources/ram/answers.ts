import { z } from "zod";
import type { Answers } from "../../core/directorySchema";
import { text, userAnswer } from "../answers";

const user = userAnswer.extend({ UserName: text });

/** A list in an object of its own, each entry with this key. */
const wrapped = (list: string, entry: string, key: string) =>
  z.looseObject({ [list]: z.looseObject({ [entry]: z.array(z.looseObject({ [key]: text })) }) });

/** The fields of a RAM user that are no attributes. */
export const ramOtherFields = {
  UserId: z.string(),
  CreateDate: z.string(),
  UpdateDate: z.string(),
  LastLoginDate: z.string().optional(),
};

/** What is relied on in answers of RAM. */
export const ramAnswers: Answers = {
  CreateUser: z.looseObject({ User: user }),
  GetUser: z.looseObject({ User: user }),
  UpdateUser: z.looseObject({ User: user.optional() }),
  ListUsers: z
    .looseObject({
      Users: z.looseObject({ User: z.array(user) }),
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
