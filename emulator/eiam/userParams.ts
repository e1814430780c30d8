import { z } from "zod";
import { flag } from "../product/parameters";
import { invalidParameter, missingParameter } from "./parameterErrors";
import type { EiamUser } from "./snapshot";

/** A text of 1 to `most` characters. What an empty one does is on no page, so it is refused. */
export function filledText(most: number) {
  return z.string().min(1).max(most);
}

/** The parameter that every EIAM operation takes. */
export const instanceParams = { InstanceId: filledText(64) };

/** The parameters of an operation on one user. */
export const oneUserParams = { ...instanceParams, UserId: filledText(64) };

/** The form of a username. */
export const usernameText = filledText(256).regex(/^[A-Za-z0-9_.@-]+$/);

/** The profile that CreateUser and UpdateUser both accept. */
export const profileParams = {
  DisplayName: filledText(256).optional(),
  PhoneRegion: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .optional(),
  PhoneNumber: z
    .string()
    .regex(/^\d{6,15}$/)
    .optional(),
  PhoneNumberVerified: flag.optional(),
  Email: filledText(128)
    .regex(/^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+$/)
    .optional(),
  EmailVerified: flag.optional(),
};

/** The parsed form of the profile. */
export type ProfileParams = z.output<z.ZodObject<typeof profileParams>>;

/** Refuses a phone or an email of which a part is missing. */
export function refuseHalfContacts(params: ProfileParams): void {
  refuseHalf(params, ["PhoneNumber", "PhoneRegion", "PhoneNumberVerified"]);
  refuseHalf(params, ["Email", "EmailVerified"]);
}

function refuseHalf(params: ProfileParams, names: readonly (keyof ProfileParams)[]): void {
  if (names.every((name) => params[name] === undefined)) return;
  const missing = names.find((name) => params[name] === undefined);
  if (missing) throw missingParameter(missing);
}

/** The user with the profile that was sent, and all else as it was. */
export function mergeProfile(user: EiamUser, params: ProfileParams): EiamUser {
  return {
    ...user,
    displayName: params.DisplayName ?? user.displayName,
    phoneRegion: params.PhoneRegion ?? user.phoneRegion,
    phoneNumber: params.PhoneNumber ?? user.phoneNumber,
    phoneNumberVerified: params.PhoneNumberVerified ?? user.phoneNumberVerified,
    email: params.Email ?? user.email,
    emailVerified: params.EmailVerified ?? user.emailVerified,
  };
}

/** Refuses a password that the instance's policy would not take; the policy here is our own and loose. */
export function refuseWeakPassword(password: string): void {
  const isStrong = password.length >= 10 && /[A-Za-z]/.test(password) && /\d/.test(password);
  if (!isStrong)
    throw invalidParameter("Password", "it needs at least 10 characters, letters and digits among them");
}
