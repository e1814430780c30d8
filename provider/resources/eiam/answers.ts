import { z } from "zod";
import type { Answers } from "../../core/directorySchema";
import { countedUsers, text, userAnswer } from "../answers";

const unit = z.looseObject({ OrganizationalUnitId: text });

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
