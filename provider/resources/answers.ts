import { z } from "zod";

/** A text that an answer relies on. */
export const text = z.string().min(1);

const count = z.union([z.int().min(0), z.string().regex(/^\d+$/)]);

/** A user of an answer, whose id is a text or a number. */
export const userAnswer = z.looseObject({ UserId: z.union([text, z.number()]) });

/** A page of a list that counts all of its users. */
export const countedUsers = z
  .looseObject({ Users: z.array(userAnswer), TotalCount: count })
  .refine(({ Users, TotalCount }) => Users.length <= Number(TotalCount), {
    error: "TotalCount is less than the number of Users",
  });
