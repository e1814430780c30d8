import { z } from "zod";
import type { Answers } from "../../core/directorySchema";
import { countedUsers, text, userAnswer } from "../answers";

/** An organizational unit of a user. */
export const unit = z.looseObject({ OrganizationalUnitId: text });

/** A custom field of a user. */
export const namedField = z.looseObject({ FieldName: z.string(), FieldValue: z.string().optional() });

/** The fields of an EIAM user that are no attributes. */
export const eiamOtherFields = {
  UserId: z.string(),
  AccountExpireTime: z.int().optional(),
  PasswordSet: z.boolean(),
  PasswordExpireTime: z.int().optional(),
  RegisterTime: z.int(),
  CreateTime: z.int(),
  UpdateTime: z.int(),
  UserSourceType: z.string(),
  UserSourceId: z.string(),
  Groups: z.array(z.looseObject({ GroupId: z.string() })).optional(),
  PreferredLanguage: z.string().optional(),
};

/** What is relied on in answers of EIAM. */
export const eiamAnswers: Answers = {
  CreateUser: userAnswer,
  GetUser: z.looseObject({
    User: userAnswer.extend({
      CustomFields: z.array(z.looseObject({})).nullish(),
      OrganizationalUnits: z.array(unit).nullish(),
    }),
  }),
  ListUsers: countedUsers,
  GetRootOrganizationalUnit: z.looseObject({ OrganizationalUnit: unit }),
};
