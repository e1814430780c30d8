import { z } from "zod";

/** The two parameters that every Bastionhost operation takes. */
export const instanceParams = { InstanceId: z.string().min(1), RegionId: z.string().optional() };

/** A Bastionhost UserId: numeric text. */
export const numericUserId = z.string().regex(/^\d+$/);
