import type { BastionhostUser } from "./instances";

/** A user as GetUser and ListUsers show it. */
export function shownUser(user: BastionhostUser) {
  return {
    UserId: user.userId,
    UserName: user.userName,
    DisplayName: user.displayName,
    Source: user.source,
    SourceUserId: user.sourceUserId,
    Comment: user.comment,
    Email: user.email,
    Mobile: user.mobile,
    MobileCountryCode: user.mobileCountryCode,
    EffectiveStartTime: user.effectiveStartTime,
    EffectiveEndTime: user.effectiveEndTime,
    NeedResetPassword: user.needResetPassword,
    TwoFactorStatus: user.twoFactorStatus,
    TwoFactorMethods: user.twoFactorMethods,
    LanguageStatus: user.languageStatus,
    Language: user.language,
    UserState: user.userState,
  };
}
