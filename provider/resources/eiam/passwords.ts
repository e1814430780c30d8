import { z } from "zod";
import type { Call, Values, Wire } from "../../core/wire";
import type { UpdateContext } from "../../core/resource";

/** The ways of telling a user of a password. */
export const channels = z.array(z.enum(["email", "sms"]));

/** Whether a password must be replaced at the next logon. */
export const forced = z.enum(["enabled", "disabled"]);

/** How the first password is made and handed over. */
export const initializationConfig = z.strictObject({
  /** `global`: the settings of the instance, which make the rest void; `custom`: these. */
  passwordInitializationPolicyPriority: z.enum(["global", "custom"]),
  /** `random`: EIAM draws the password. */
  passwordInitializationType: z.literal("random").optional(),
  /** Whether the first password must be replaced at the first logon. */
  passwordForcedUpdateStatus: forced.optional(),
  /** How the user is notified. */
  userNotificationChannels: channels.optional(),
});

/** The two settings beside the password have no call of their own; they are for the next password. */
export function changePassword({ requestKey, changed, declared }: UpdateContext, action: string): Call[] {
  if (changed.Password === undefined) return [];
  const { Password, PasswordForcedUpdateStatus, UserNotificationChannels } = declared;
  const params = { ...requestKey, Password, PasswordForcedUpdateStatus, UserNotificationChannels };
  return [{ action, params }];
}

/** The settings of a first password under the names of the API, which are ours with a capital. */
export function capitalised(config: Values): Wire {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}
