import { packHidden } from "../../provider/core/state";
import { bastionHost, idaas } from "./account";
import type { Properties } from "./providerProcess";

/** The inputs that the SDK registers for a dynamic resource: the declared values, and the hidden ones. */
export function dynamicInputs(kind: string, declared: Properties, name = "sample"): Properties {
  return {
    ...declared,
    ...packHidden({
      provider: `exports.handler=()=>require("pulumi-alicloud-users/dynamic").providers.${kind}`,
      urn: `urn:pulumi:test::test::pulumi-nodejs:dynamic/alicloud-users:${kind}::${name}`,
    }),
  };
}

export const ram = (declared: Properties) => dynamicInputs("RamUser", declared);
export const bastion = (declared: Properties) =>
  dynamicInputs("BastionhostUser", {
    instanceId: bastionHost,
    source: "Local",
    password: "Aa1!aaaa",
    ...declared,
  });
export const eiam = (declared: Properties) => dynamicInputs("EiamUser", { instanceId: idaas, ...declared });
