import * as pulumi from "@pulumi/pulumi";
import { packageName } from "./packageName";
import { release } from "./pluginRegistration";

export type * from "./generated/types";
export * from "./generated/pluginUsers";
export { usersFromFile } from "./pluginUsersFromFile";
export type { UsersFromFileOptions } from "./usersFromFile";

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
  /** The id of the account that the credentials have to be for; a run that would reach another one is refused. */
  accountId?: pulumi.Input<string>;
  /** That of the profile, or `cn-hangzhou`, unless set. */
  region?: pulumi.Input<string>;
  /** Overrides of endpoints: `ram`, `bastionhost`, `eiam`, `sts`. */
  endpoints?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** One endpoint for all three APIs, such as an emulator's. */
  endpoint?: pulumi.Input<string>;
  /** Calls per second: a number for every API, or one for some of `Ram`, `Bastionhost` and `Eiam`. */
  callsPerSecond?: pulumi.Input<number | Record<string, number>>;
  /** How many users one run may delete or lock out, and 0 is none; no limit unless set. */
  maxDeletes?: pulumi.Input<number>;
  /** The folder in which creates are noted until Pulumi has recorded them, by its absolute path, or `off`. */
  journal?: pulumi.Input<string>;
  /** How long a call waits for its answer, in milliseconds; 30,000 unless set. */
  clientReadTimeout?: pulumi.Input<number>;
  /** How long a call is repeated at most, in seconds; 600 unless set. */
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
