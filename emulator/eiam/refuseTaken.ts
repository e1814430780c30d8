import { externalIdOf, type Idaas } from "./instances";
import { duplicated } from "./parameterErrors";
import type { EiamUser } from "./snapshot";

/** Refuses a username that another user of the instance has. */
export function refuseTakenUsername(idaas: Idaas, username: string): void {
  if (idaas.users.find("username", username)) throw duplicated("Username");
}

/** Refuses a UserExternalId that another user of the same source has. */
export function refuseTakenExternalId(idaas: Idaas, user: EiamUser): void {
  // The pages name the code for Username alone; its sibling here is (unverified).
  if (idaas.users.find("externalId", externalIdOf(user))) throw duplicated("UserExternalId");
}
