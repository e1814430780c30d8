import { emailSample, passwordSample, type SamplesOf } from "../sample";

/** What a trial writes into the attributes of a BastionhostUser. */
export const bastionhostUserSamples: SamplesOf = ({ name, instance }) => ({
  instanceId: { first: instance },
  source: { first: "Local" },
  sourceUserId: { untried: "it is for users of another source" },
  userName: { first: name },
  displayName: { first: "Trial A", second: "Trial B" },
  comment: { first: "Made by alicloud-users doctor", second: "Changed by alicloud-users doctor" },
  email: emailSample(name),
  mobile: { first: "18600000000", second: "18600000001" },
  mobileCountryCode: { first: "SG", second: "HK" },
  password: passwordSample,
  needResetPassword: { first: true, second: false },
  effectiveStartTime: { first: "2026-01-01", second: "2026-02-01" },
  effectiveEndTime: { first: "2099-01-01", second: "2099-02-01" },
  twoFactorMethods: { first: ["totp"], second: ["email"] },
  twoFactorStatus: { first: "Enable", second: "Disable" },
  language: { first: "en", second: "zh-cn" },
  languageStatus: { first: "Custom", second: "Global" },
  locked: { first: true, second: false },
});
