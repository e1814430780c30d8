import type { Settings } from "../../emulator";
import type { Account } from "../support/account";
import { bastionhostUserModel } from "./bastionhostUserModel";
import { eiamUserModel } from "./eiamUserModel";
import { inLowerCase } from "./inLowerCase";
import { ramUserModel } from "./ramUserModel";
import type { UserModel } from "./userModel";

/** A type of user, and what of the account matters to it. */
export interface Circumstances {
  user: UserModel;
  site?: Settings["site"];
  deviations?: Settings["deviations"];
  /** The two-factor method of the bastion host, which holds for users that have none of their own. */
  method?: "sms";
}

const lowerCase = { deviations: { lowerCase: ["Email", "NewEmail"] } };

/** The circumstances that runs are tried in, by the type of user. */
export const circumstances = {
  RamUser: [
    { user: ramUserModel("china"), site: "china" },
    { user: ramUserModel("international"), site: "international" },
    { user: inLowerCase(ramUserModel("china")), ...lowerCase },
  ],
  BastionhostUser: [
    { user: bastionhostUserModel() },
    { user: bastionhostUserModel("sms"), method: "sms" },
    { user: inLowerCase(bastionhostUserModel()), ...lowerCase },
  ],
  EiamUser: [{ user: eiamUserModel }, { user: inLowerCase(eiamUserModel), ...lowerCase }],
} as const satisfies Record<string, readonly Circumstances[]>;

/** Brings an account into these circumstances, with no user in it. */
export async function prepare(account: Account, wanted: Circumstances): Promise<void> {
  const { site = "china", deviations = {}, method } = wanted;
  const { control } = account.emulator;
  await control.settings({ site, deviations });
  const snapshot = await control.snapshot();
  const twoFactorMethods = method === undefined ? [] : [method];
  const twoFactor = { enableTwoFactor: method !== undefined, skipTwoFactorTime: 0, twoFactorMethods };
  for (const instance of snapshot.bastionhost.instances) Object.assign(instance, { twoFactor });
  await control.restore(snapshot);
  await account.empty();
}
