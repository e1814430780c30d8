import { listOf } from "../../core/values";
import { question } from "../../core/resource";
import type { Values, Wire } from "../../core/wire";
import { type Failure, type Rule, rule } from "../../core/rule";
import { showText } from "../../core/showText";

/** The settings of the instance, where they may demand something of the user. */
export const instanceTwoFactor = question(
  "GetInstanceTwoFactor",
  "tells in a preview that mobile or email is demanded; without it the preview does not judge that",
  (user) => {
    const { instanceId, source, twoFactorStatus, mobile, email } = user;
    const isReachable = mobile !== undefined && email !== undefined;
    const decided = source === "Ram" || (twoFactorStatus ?? "Global") !== "Global" || isReachable;
    return decided ? undefined : { InstanceId: instanceId };
  },
);

/** What holds for a new Bastionhost user besides; one that is taken over has its password. */
export const bastionhostCreateRules: readonly Rule[] = [
  rule(["source", "password", "adopt"], ({ source, password, adopt }) =>
    source === "Local" && password === undefined && !adopt
      ? broken(
          "password",
          "is required for a user of source Local. Set it, for example from a secret of the configuration.",
        )
      : undefined,
  ),
];

/** What holds between the attributes of a Bastionhost user, from the pages of CreateUser and ModifyUser. */
export const bastionhostRules: readonly Rule[] = [
  rule(["source", "password"], ({ source, password }) =>
    source !== "Local" && password !== undefined
      ? broken(
          "password",
          `has no effect for a user of source ${showText(String(source))}, who logs on with the password kept there. Remove it.`,
        )
      : undefined,
  ),

  rule(["source", "sourceUserId"], ({ source, sourceUserId }) => {
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
  }),

  rule(["twoFactorStatus", "twoFactorMethods"], ({ twoFactorStatus, twoFactorMethods }) =>
    twoFactorStatus === "Enable" && twoFactorMethods === undefined
      ? broken(
          "twoFactorMethods",
          'is required when twoFactorStatus is "Enable". Name one method, for example ["totp"].',
        )
      : undefined,
  ),

  rule(["languageStatus", "language"], ({ languageStatus, language }) =>
    languageStatus === "Custom" && language === undefined
      ? broken("language", 'is required when languageStatus is "Custom". Set it to "zh-cn" or "en".')
      : undefined,
  ),

  rule(["effectiveStartTime", "effectiveEndTime"], ({ effectiveStartTime, effectiveEndTime }) =>
    Number(effectiveStartTime) >= Number(effectiveEndTime)
      ? broken("effectiveEndTime", "must be later than effectiveStartTime.")
      : undefined,
  ),

  neededBy("mobile", ["sms", "dingtalk"]),
  neededBy("email", ["email"]),
];

/** The rule of an attribute by which these two-factor methods reach the user. */
function neededBy(attribute: string, methods: readonly string[]): Rule {
  return rule(["source", "twoFactorStatus", "twoFactorMethods", attribute], (user, prefetched) => {
    const isOwn = user.twoFactorStatus === "Enable";
    const whose = isOwn
      ? "the user's two-factor method is"
      : "the two-factor method of the bastion host, which holds for this user, is";
    const [method, ...others] = isOwn ? listOf(user.twoFactorMethods) : globalMethods(user, prefetched);
    // Where several methods are open to the user, any one that reaches it is enough.
    const isNeeded = others.length === 0 && methods.includes(method as string);
    if (!isNeeded || user[attribute] !== undefined) return undefined;
    return broken(
      attribute,
      `is required, because ${whose} "${method as string}". Set ${attribute}, or choose another method.`,
    );
  });
}

function globalMethods(
  { source, twoFactorStatus = "Global" }: Values,
  prefetched: Wire | undefined,
): unknown[] {
  const config = prefetched?.Config as Wire | undefined;
  // Users of RAM have the MFA of RAM; two-factor settings of a bastion host do not cover them.
  return source !== "Ram" && twoFactorStatus === "Global" && config?.EnableTwoFactor === true
    ? listOf(config.TwoFactorMethods)
    : [];
}

function broken(property: string, sentence: string): Failure {
  return { property, reason: `"${property}" ${sentence}` };
}
