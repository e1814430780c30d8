import { bastionHost, idaas } from "../e2e/account";
import type { Properties } from "./providerProcess";

/** What the SDK hands over for a user: what is declared, the provider's text and the URN. */
export function declare(kind: string, declared: Properties): Properties {
  return {
    ...declared,
    __provider: `exports.handler=()=>require("pulumi-alicloud-users/dynamic").providers.${kind}`,
    __urn: `urn:pulumi:test::test::pulumi-nodejs:dynamic/alicloud-users:${kind}::someone`,
  };
}

export const ram = (declared: Properties) => declare("RamUser", declared);
export const bastion = (declared: Properties) =>
  declare("BastionhostUser", { instanceId: bastionHost, source: "Local", password: "Aa1!aaaa", ...declared });
export const eiam = (declared: Properties) => declare("EiamUser", { instanceId: idaas, ...declared });
