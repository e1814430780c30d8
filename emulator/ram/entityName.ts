import { z } from "zod";

/** The name of a new user or group: 1 to 64 letters, digits, `.`, `-`, `_`. */
export const entityName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9._-]+$/);

/** The name of a user that exists: old accounts have names with `@`, which a new one cannot have. */
export const existingUserName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9._@-]+$/);
