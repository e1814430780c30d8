import { z } from "zod";
import { emptyMeansAbsent, flag, jsonText, wholeNumber } from "../product/parameters";
import { type Bastionhost, type BastionhostUser, twoFactorMethod } from "./instances";
import { invalidArgument } from "./invalidArgument";

const countryCodes = "CN HK MO TW RU SG MY ID DE AU US AE JP GB IN KR PH CH SE SA".split(" ");
const kindsOfCharacter = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/];
// The page has an int64 without bounds.
const unixSeconds = wholeNumber(0, Number.MAX_SAFE_INTEGER);

const password = z
  .string()
  .min(8)
  .max(128)
  .refine((text) => kindsOfCharacter.every((kind) => kind.test(text)));

/** What CreateUser and ModifyUser both accept; an empty text counts as one that was not sent. */
export const userParams = {
  Password: emptyMeansAbsent(password),
  DisplayName: emptyMeansAbsent(z.string().max(128)),
  Comment: emptyMeansAbsent(z.string().max(500)),
  Email: emptyMeansAbsent(z.string()),
  Mobile: emptyMeansAbsent(z.string()),
  MobileCountryCode: emptyMeansAbsent(z.enum(countryCodes)),
  EffectiveStartTime: emptyMeansAbsent(unixSeconds),
  EffectiveEndTime: emptyMeansAbsent(unixSeconds),
  NeedResetPassword: emptyMeansAbsent(flag),
  TwoFactorStatus: emptyMeansAbsent(z.enum(["Global", "Disable", "Enable"])),
  TwoFactorMethods: emptyMeansAbsent(jsonText(z.array(twoFactorMethod).max(1))),
  LanguageStatus: emptyMeansAbsent(z.enum(["Global", "Custom"])),
  Language: emptyMeansAbsent(z.enum(["zh-cn", "en"])),
};

/** The parsed form of what both operations accept. */
export type UserParams = z.output<z.ZodObject<typeof userParams>>;

/** The user after the call: what was sent, and all else as it was. */
export function mergeUser(user: BastionhostUser, params: UserParams): BastionhostUser {
  return {
    ...user,
    displayName: params.DisplayName ?? user.displayName,
    comment: params.Comment ?? user.comment,
    email: params.Email ?? user.email,
    mobile: params.Mobile ?? user.mobile,
    mobileCountryCode: params.MobileCountryCode ?? user.mobileCountryCode,
    effectiveStartTime: params.EffectiveStartTime ?? user.effectiveStartTime,
    effectiveEndTime: params.EffectiveEndTime ?? user.effectiveEndTime,
    needResetPassword: params.NeedResetPassword ?? user.needResetPassword,
    twoFactorStatus: params.TwoFactorStatus ?? user.twoFactorStatus,
    twoFactorMethods: params.TwoFactorMethods ?? user.twoFactorMethods,
    languageStatus: params.LanguageStatus ?? user.languageStatus,
    language: params.Language ?? user.language,
  };
}

/** Refuses parameters that do not go together, and a user that the call would leave without what it needs. */
export function refuseContradictions(host: Bastionhost, user: BastionhostUser, params: UserParams): void {
  if (params.TwoFactorStatus === "Enable" && !params.TwoFactorMethods?.length) {
    throw invalidArgument("TwoFactorMethods is missing.");
  }
  if (params.LanguageStatus === "Custom" && !params.Language) throw invalidArgument("Language is missing.");
  const { effectiveStartTime: start, effectiveEndTime: end } = user;
  // That the window must not be empty is on no page (unverified).
  if (start !== undefined && end !== undefined && start >= end) {
    throw invalidArgument("EffectiveStartTime is not before EffectiveEndTime.");
  }
  const methods = effectiveMethods(host, user);
  if (methods.includes("email") && !user.email) throw invalidArgument("Email is missing.");
  const needsMobile = methods.includes("sms") || methods.includes("dingtalk");
  if (needsMobile && !user.mobile) throw invalidArgument("Mobile is missing.");
}

function effectiveMethods(host: Bastionhost, user: BastionhostUser): readonly string[] {
  if (user.twoFactorStatus === "Enable") return user.twoFactorMethods;
  // The settings of a host are for its own, AD and LDAP users. Users of RAM have their MFA there.
  const isCovered = user.twoFactorStatus === "Global" && user.source !== "Ram";
  const isGlobal = isCovered && host.twoFactor.enableTwoFactor;
  return isGlobal ? host.twoFactor.twoFactorMethods : [];
}
