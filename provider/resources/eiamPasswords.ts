import type { Call, Change, Values, Wire } from "../core/resource";

/** The two settings beside the password have no call of their own; they are for the next password. */
export function changePassword({ address, changed, declared }: Change): Call[] {
  if (changed.Password === undefined) return [];
  const { Password, PasswordForcedUpdateStatus, UserNotificationChannels } = declared;
  const params = { ...address, Password, PasswordForcedUpdateStatus, UserNotificationChannels };
  return [{ action: "UpdateUserPassword", params }];
}

/** The settings of a first password under the names of the API, which are ours with a capital. */
export function capitalised(config: Values): Wire {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}
