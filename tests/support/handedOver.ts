import { bastionHost, idaas } from "../e2e/account";
import { packHidden } from "../../provider/core/state";
import type { Properties } from "./providerProcess";

/** What the SDK hands over for a user: what is declared, the provider's text and the URN. */
export function declare(kind: string, declared: Properties, name = "someone"): Properties {
  return {
    ...declared,
    ...packHidden({
      provider: `exports.handler=()=>require("pulumi-alicloud-users/dynamic").providers.${kind}`,
      urn: `urn:pulumi:test::test::pulumi-nodejs:dynamic/alicloud-users:${kind}::${name}`,
    }),
  };
}

export const ram = (declared: Properties) => declare("RamUser", declared);
export const bastion = (declared: Properties) =>
  declare("BastionhostUser", { instanceId: bastionHost, source: "Local", password: "Aa1!aaaa", ...declared });
export const eiam = (declared: Properties) => declare("EiamUser", { instanceId: idaas, ...declared });
