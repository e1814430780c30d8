import { listOf } from "../core/values";
import type { Call, Failure, Rule, Values, Wire } from "../core/resource";
import { showText } from "../core/showText";

/** The settings of the instance, where they may demand something of the user. */
export function instanceTwoFactor(user: Values): Call | undefined {
  const { instanceId, source, twoFactorStatus, mobile, email } = user;
  const isReachable = mobile !== undefined && email !== undefined;
  const decided = source === "Ram" || (twoFactorStatus ?? "Global") !== "Global" || isReachable;
  return decided ? undefined : { action: "GetInstanceTwoFactor", params: { InstanceId: instanceId } };
}

/** What holds for a new Bastionhost user besides; one that is taken over has its password. */
export const bastionhostCreateRules: readonly Rule[] = [
  ({ source, password, adopt }) =>
    source === "Local" && password === undefined && adopt !== true
      ? broken(
          "password",
          "is required for a user of source Local. Set it, for example from a secret of the configuration.",
        )
      : undefined,
];

/** What holds between the attributes of a Bastionhost user, from the pages of CreateUser and ModifyUser. */
export const bastionhostRules: readonly Rule[] = [
  ({ source, password }) =>
    source !== "Local" && password !== undefined
      ? broken(
          "password",
          `has no effect for a user of source ${showText(String(source))}, who logs on with the password kept there. Remove it.`,
        )
      : undefined,

  ({ source, sourceUserId }) => {
    if (source === "Local" && sourceUserId !== undefined)
      return broken(
        "sourceUserId",
        "is for users of source Ram, AD or LDAP. Remove it, or change the source.",
      );
    const what =
      source === "Ram"
        ? "the id of the RAM user (userId of a RamUser)"
        : "the distinguished name of the user";
    return source !== "Local" && sourceUserId === undefined
      ? broken(
          "sourceUserId",
          `is required for a user of source ${showText(String(source))}. Set it to ${what}.`,
        )
      : undefined;
  },

  ({ twoFactorStatus, twoFactorMethods }) =>
    twoFactorStatus === "Enable" && twoFactorMethods === undefined
      ? broken(
          "twoFactorMethods",
          'is required when twoFactorStatus is "Enable". Name one method, for example ["totp"].',
        )
      : undefined,

  ({ languageStatus, language }) =>
    languageStatus === "Custom" && language === undefined
      ? broken("language", 'is required when languageStatus is "Custom". Set it to "zh-cn" or "en".')
      : undefined,

  ({ effectiveStartTime, effectiveEndTime }) =>
    Number(effectiveStartTime) >= Number(effectiveEndTime)
      ? broken("effectiveEndTime", "must be later than effectiveStartTime.")
      : undefined,

  (user, fact) => {
    // Users of RAM have the MFA of RAM; two-factor settings of a bastion host do not cover them.
    if (user.source === "Ram") return undefined;
    const own = user.twoFactorStatus === "Enable";
    const whose = own
      ? "the user's two-factor method is"
      : "the two-factor method of the bastion host, which holds for this user, is";
    const [method, ...others] = own ? listOf(user.twoFactorMethods) : globalMethods(user, fact);
    // Where several methods are open to the user, any one that reaches it is enough.
    const isOne = others.length === 0 && typeof method === "string";
    return isOne ? unreachable(user, method, whose) : undefined;
  },
];

function globalMethods({ twoFactorStatus = "Global" }: Values, fact: Wire | undefined): unknown[] {
  const config = fact?.Config as Wire | undefined;
  return twoFactorStatus === "Global" && config?.EnableTwoFactor === true
    ? listOf(config.TwoFactorMethods)
    : [];
}

/** The attribute by which a two-factor method reaches the user. */
const neededBy = new Map([
  ["sms", "mobile"],
  ["dingtalk", "mobile"],
  ["email", "email"],
]);

function unreachable(user: Values, method: string, whose: string): Failure | undefined {
  const needs = neededBy.get(method);
  if (needs === undefined || user[needs] !== undefined) return undefined;
  return broken(needs, `is required, because ${whose} "${method}". Set ${needs}, or choose another method.`);
}

function broken(property: string, sentence: string): Failure {
  return { property, reason: `"${property}" ${sentence}` };
}
