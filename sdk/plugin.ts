import * as pulumi from "@pulumi/pulumi";
import { bastionhostUser } from "../provider/resources/bastionhostUser";
import { eiamUser } from "../provider/resources/eiamUser";
import { ramUser } from "../provider/resources/ramUser";
import type { BastionhostUserArgs, EiamUserArgs, RamUserArgs } from "./index";
import { packageName } from "./packageName";
import { pluginFace, pluginLookUpsOf, release } from "./pluginFace";
import { userClass } from "./userResource";

export type { BastionhostUserArgs, EiamUserArgs, RamUserArgs };

/** A RAM user of the account, known by its UserId, so that it may be renamed. */
export class RamUser extends userClass(ramUser, pluginFace) {}

/** A user of a bastion host: local to it, or taken from RAM, AD or LDAP. */
export class BastionhostUser extends userClass<typeof bastionhostUser, BastionhostUserArgs>(
  bastionhostUser,
  pluginFace,
) {}

/** A user of an EIAM (IDaaS) instance. */
export class EiamUser extends userClass(eiamUser, pluginFace) {}

/** How an account is reached; what is left out comes from the configuration `alicloud-users:…` and the environment. */
export interface ProviderArgs {
  accessKey?: pulumi.Input<string>;
  secretKey?: pulumi.Input<string>;
  /** The token of temporary (STS) credentials. */
  securityToken?: pulumi.Input<string>;
  /** A profile of the Alibaba Cloud CLI. */
  profile?: pulumi.Input<string>;
  /** `cn-hangzhou` unless set. */
  region?: pulumi.Input<string>;
  /** Overrides of endpoints: `ram`, `bastionhost`, `eiam`. */
  endpoints?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** One endpoint for all three APIs, such as an emulator's. */
  endpoint?: pulumi.Input<string>;
  /** Calls per second: a number for every API, or one for some of `Ram`, `Bastionhost` and `Eiam`. */
  callsPerSecond?: pulumi.Input<number | Record<string, number>>;
  /** How long a call waits for its answer, in milliseconds; 30,000 unless set. */
  clientReadTimeout?: pulumi.Input<number>;
  /** How long a call is repeated, in seconds; 600 unless set. */
  maxRetryTimeout?: pulumi.Input<number>;
}

/** An account of its own, for resources with the option `provider`. */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const secret = (value: pulumi.Input<string> | undefined) => value && pulumi.secret(value);
    const json = (value: pulumi.Input<object | number> | undefined) => value && pulumi.jsonStringify(value);
    const { accessKey, secretKey, securityToken, endpoints, callsPerSecond } = args;
    const { clientReadTimeout, maxRetryTimeout } = args;
    super(
      packageName,
      name,
      {
        ...args,
        accessKey: secret(accessKey),
        secretKey: secret(secretKey),
        securityToken: secret(securityToken),
        endpoints: json(endpoints),
        callsPerSecond: json(callsPerSecond),
        clientReadTimeout: json(clientReadTimeout),
        maxRetryTimeout: json(maxRetryTimeout),
      },
      { ...release, ...opts },
    );
  }
}

/** Looks up RAM users of the account, made by whomever: one by `userId` or `userName`, or all of them. */
export const {
  one: getRamUser,
  many: getRamUsers,
  oneOutput: getRamUserOutput,
  manyOutput: getRamUsersOutput,
} = pluginLookUpsOf(ramUser);

/** Looks up users of a bastion host: one by `userId` or `userName`, or all that match the API's filters. */
export const {
  one: getBastionhostUser,
  many: getBastionhostUsers,
  oneOutput: getBastionhostUserOutput,
  manyOutput: getBastionhostUsersOutput,
} = pluginLookUpsOf(bastionhostUser);

/** Looks up users of an EIAM instance: one by `userId` or `username`, or all that match the API's filters; of many, the API shows neither custom fields nor organizational units. */
export const {
  one: getEiamUser,
  many: getEiamUsers,
  oneOutput: getEiamUserOutput,
  manyOutput: getEiamUsersOutput,
} = pluginLookUpsOf(eiamUser);
