import { z } from "zod";
import type { Answers } from "../../core/directorySchema";
import { countedUsers, text, userAnswer } from "../answers";

const results = z.looseObject({ Results: z.array(z.looseObject({ Code: text })).min(1) });

/** What is relied on in answers of Bastionhost. */
export const bastionhostAnswers: Answers = {
  CreateUser: userAnswer,
  GetUser: z.looseObject({ User: userAnswer }),
  ListUsers: countedUsers,
  LockUsers: results,
  UnlockUsers: results,
  GetInstanceTwoFactor: z.looseObject({ Config: z.looseObject({}) }),
};
