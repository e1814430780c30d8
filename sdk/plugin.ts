import * as pulumi from "@pulumi/pulumi";
import { bastionhostUser } from "../provider/resources/bastionhost/bastionhostUser";
import { eiamUser } from "../provider/resources/eiam/eiamUser";
import { ramUser } from "../provider/resources/ram/ramUser";
import type { BastionhostUserClass } from "./bastionhostUserClass";
import { bastionhostUserClass } from "./bastionhostUserClass";
import { packageName } from "./packageName";
import { pluginDataSourcesOf } from "./pluginDataSources";
import { pluginRegistration, release } from "./pluginRegistration";
import type {
  BastionhostUserDataSources,
  BastionhostUserOutputs,
  EiamUserArgs,
  EiamUserDataSources,
  EiamUserOutputs,
  RamUserArgs,
  RamUserDataSources,
  RamUserOutputs,
} from "./types";
import { userClass } from "./userClass";

export type * from "./types";

/** A RAM user of the account. A new name renames it in place. */
export class RamUser extends userClass<RamUserArgs, RamUserOutputs>(ramUser, pluginRegistration) {}

/** A user of a bastion host: local to it, or imported from RAM, AD or LDAP. */
export interface BastionhostUser extends pulumi.CustomResource, BastionhostUserOutputs {}
/** A user of a bastion host: local to it, or imported from RAM, AD or LDAP. */
export const BastionhostUser: BastionhostUserClass = bastionhostUserClass(pluginRegistration);

/** A user of an EIAM (IDaaS) instance. */
export class EiamUser extends userClass<EiamUserArgs, EiamUserOutputs>(eiamUser, pluginRegistration) {}

/** A RAM role to assume. */
export interface AssumeRole {
  /** The ARN of the role, `acs:ram::ACCOUNT:role/NAME`. */
  roleArn?: pulumi.Input<string>;
  /** `pulumi-alicloud-users` unless set. */
  sessionName?: pulumi.Input<string>;
  /** How long a session lasts, in seconds: 900 to 43,200, 3600 unless set. */
  sessionExpiration?: pulumi.Input<number>;
  /** A RAM policy that narrows what the session may do. */
  policy?: pulumi.Input<string>;
  /** What the role's trust policy asks for. */
  externalId?: pulumi.Input<string>;
}

/** A RAM role that an OIDC token opens. */
export interface AssumeRoleWithOidc {
  /** The ARN of the role, `acs:ram::ACCOUNT:role/NAME`. */
  roleArn?: pulumi.Input<string>;
  /** The ARN of the identity provider, `acs:ram::ACCOUNT:oidc-provider/NAME`. */
  oidcProviderArn?: pulumi.Input<string>;
  /** The file that holds the token; it is read again for each session. */
  oidcTokenFile?: pulumi.Input<string>;
  oidcToken?: pulumi.Input<string>;
  /** `pulumi-alicloud-users` unless set. */
  roleSessionName?: pulumi.Input<string>;
  /** How long a session lasts, in seconds: 900 to 43,200, 3600 unless set. */
  sessionExpiration?: pulumi.Input<number>;
  /** A RAM policy that narrows what the session may do. */
  policy?: pulumi.Input<string>;
}

/** How an account is reached; what is left out comes from the configuration `alicloud-users:…` and the environment. */
export interface ProviderArgs {
  accessKey?: pulumi.Input<string>;
  secretKey?: pulumi.Input<string>;
  /** The token of temporary (STS) credentials. */
  securityToken?: pulumi.Input<string>;
  /** A profile of the Alibaba Cloud CLI. */
  profile?: pulumi.Input<string>;
  /** The file that holds the profile, `~/.aliyun/config.json` unless set. */
  sharedCredentialsFile?: pulumi.Input<string>;
  /** The URI of a service that answers with temporary credentials. */
  credentialsUri?: pulumi.Input<string>;
  /** The RAM role of the ECS instance that Pulumi runs on. */
  ecsRoleName?: pulumi.Input<string>;
  /** A RAM role that is assumed with the credentials above, and signs the calls. */
  assumeRole?: pulumi.Input<AssumeRole>;
  /** A RAM role that the token of an OIDC identity provider opens, and that signs the calls. */
  assumeRoleWithOidc?: pulumi.Input<AssumeRoleWithOidc>;
  /** That of the profile, or `cn-hangzhou`, unless set. */
  region?: pulumi.Input<string>;
  /** Overrides of endpoints: `ram`, `bastionhost`, `eiam`, `sts`. */
  endpoints?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** One endpoint for all three APIs, such as an emulator's. */
  endpoint?: pulumi.Input<string>;
  /** Calls per second: a number for every API, or one for some of `Ram`, `Bastionhost` and `Eiam`. */
  callsPerSecond?: pulumi.Input<number | Record<string, number>>;
  /** How many users one run may delete or lock out; no limit unless set. */
  maxDeletes?: pulumi.Input<number>;
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
    const { assumeRole, assumeRoleWithOidc, clientReadTimeout, maxDeletes, maxRetryTimeout } = args;
    super(
      packageName,
      name,
      {
        ...args,
        accessKey: secret(accessKey),
        secretKey: secret(secretKey),
        securityToken: secret(securityToken),
        assumeRole: json(assumeRole),
        assumeRoleWithOidc: assumeRoleWithOidc && pulumi.secret(pulumi.jsonStringify(assumeRoleWithOidc)),
        endpoints: json(endpoints),
        callsPerSecond: json(callsPerSecond),
        clientReadTimeout: json(clientReadTimeout),
        maxDeletes: json(maxDeletes),
        maxRetryTimeout: json(maxRetryTimeout),
      },
      { ...release, ...opts },
    );
  }
}

const ramUsers = pluginDataSourcesOf<RamUserDataSources>(ramUser);
/** Looks up a RAM user by `userId` or `userName`, also one that Pulumi does not manage. Fails if there is none. */
export const getRamUser = ramUsers.one;
/** Looks up a RAM user by `userId` or `userName`, which may be outputs. Fails if there is none. */
export const getRamUserOutput = ramUsers.oneOutput;
/** Looks up all RAM users of the account, also those that Pulumi does not manage. */
export const getRamUsers = ramUsers.many;
/** Looks up all RAM users of the account; the arguments may be outputs. */
export const getRamUsersOutput = ramUsers.manyOutput;

const bastionhostUsers = pluginDataSourcesOf<BastionhostUserDataSources>(bastionhostUser);
/** Looks up a user of a bastion host by `userId` or `userName`, also one that Pulumi does not manage. Fails if there is none. */
export const getBastionhostUser = bastionhostUsers.one;
/** Looks up a user of a bastion host by `userId` or `userName`, which may be outputs. Fails if there is none. */
export const getBastionhostUserOutput = bastionhostUsers.oneOutput;
/** Looks up the users of a bastion host that match the API's filters, also those that Pulumi does not manage. */
export const getBastionhostUsers = bastionhostUsers.many;
/** Looks up the users of a bastion host that match the API's filters; the arguments may be outputs. */
export const getBastionhostUsersOutput = bastionhostUsers.manyOutput;

const eiamUsers = pluginDataSourcesOf<EiamUserDataSources>(eiamUser);
/** Looks up a user of an EIAM instance by `userId` or `username`, also one that Pulumi does not manage. Fails if there is none. */
export const getEiamUser = eiamUsers.one;
/** Looks up a user of an EIAM instance by `userId` or `username`, which may be outputs. Fails if there is none. */
export const getEiamUserOutput = eiamUsers.oneOutput;
/** Looks up the users of an EIAM instance that match the API's filters, also those that Pulumi does not manage. The API lists them without custom fields and organizational units. */
export const getEiamUsers = eiamUsers.many;
/** Looks up the users of an EIAM instance that match the API's filters; the arguments may be outputs. The API lists them without custom fields and organizational units. */
export const getEiamUsersOutput = eiamUsers.manyOutput;
