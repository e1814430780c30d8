// Made by `npm run generate` from the table of the settings.

import type * as pulumi from "@pulumi/pulumi";

/** A RAM role that is assumed with the credentials of the other settings, and signs the calls. */
export interface AssumeRole {
  /** The ARN of the role, `acs:ram::ACCOUNT:role/NAME`; an empty one stands for no role. In the environment: `ALICLOUD_ASSUME_ROLE_ARN` or `ALIBABA_CLOUD_ROLE_ARN`. */
  roleArn?: pulumi.Input<string>;
  /** The name of the session, `pulumi-alicloud-users` unless set. In the environment: `ALICLOUD_ASSUME_ROLE_SESSION_NAME` or `ALIBABA_CLOUD_ROLE_SESSION_NAME`. */
  sessionName?: pulumi.Input<string>;
  /** How long a session lasts, in seconds: 900 to 43,200, 3600 unless set. It is renewed before it ends. In the environment: `ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION`. */
  sessionExpiration?: pulumi.Input<number>;
  /** A RAM policy that narrows what the session may do. */
  policy?: pulumi.Input<string>;
  /** The external id that the role's trust policy asks for. */
  externalId?: pulumi.Input<string>;
}

/** A RAM role that the token of an OIDC identity provider opens, and that signs the calls. */
export interface AssumeRoleWithOidc {
  /** The ARN of the role, `acs:ram::ACCOUNT:role/NAME`. In the environment: `ALIBABA_CLOUD_ROLE_ARN`. */
  roleArn?: pulumi.Input<string>;
  /** The ARN of the identity provider, `acs:ram::ACCOUNT:oidc-provider/NAME`. In the environment: `ALIBABA_CLOUD_OIDC_PROVIDER_ARN`. */
  oidcProviderArn?: pulumi.Input<string>;
  /** The file that holds the token; it is read again for each session. In the environment: `ALIBABA_CLOUD_OIDC_TOKEN_FILE`. */
  oidcTokenFile?: pulumi.Input<string>;
  /** The token itself. In the environment: `ALIBABA_CLOUD_OIDC_TOKEN`. */
  oidcToken?: pulumi.Input<string>;
  /** The name of the session, `pulumi-alicloud-users` unless set. In the environment: `ALIBABA_CLOUD_ROLE_SESSION_NAME`. */
  roleSessionName?: pulumi.Input<string>;
  /** How long a session lasts, in seconds: 900 to 43,200, 3600 unless set. It is renewed before it ends. */
  sessionExpiration?: pulumi.Input<number>;
  /** A RAM policy that narrows what the session may do. */
  policy?: pulumi.Input<string>;
}

/** How an account is reached; what is left out comes from the configuration `alicloud-users:…` and the environment. */
export interface ProviderArgs {
  /** The id of the access key that signs the calls. In the environment: `ALIBABA_CLOUD_ACCESS_KEY_ID` or `ALICLOUD_ACCESS_KEY` or `ALIBABACLOUD_ACCESS_KEY_ID` or `ALICLOUD_ACCESS_KEY_ID`. */
  accessKey?: pulumi.Input<string>;
  /** The secret of the access key. In the environment: `ALIBABA_CLOUD_ACCESS_KEY_SECRET` or `ALICLOUD_SECRET_KEY` or `ALIBABACLOUD_ACCESS_KEY_SECRET` or `ALICLOUD_ACCESS_KEY_SECRET`. */
  secretKey?: pulumi.Input<string>;
  /** The token that goes with an access key of STS. In the environment: `ALIBABA_CLOUD_SECURITY_TOKEN` or `ALICLOUD_SECURITY_TOKEN` or `ALIBABACLOUD_SECURITY_TOKEN`. */
  securityToken?: pulumi.Input<string>;
  /** A profile of the Alibaba Cloud CLI, whose credentials are used where no access key is set. In the environment: `ALIBABA_CLOUD_PROFILE` or `ALICLOUD_PROFILE` or `ALIBABACLOUD_PROFILE`. */
  profile?: pulumi.Input<string>;
  /** The file that holds the profile, `~/.aliyun/config.json` unless set. In the environment: `ALICLOUD_SHARED_CREDENTIALS_FILE` or `ALIBABA_CLOUD_CREDENTIALS_FILE`. */
  sharedCredentialsFile?: pulumi.Input<string>;
  /** The URI of a service that answers with temporary credentials. In the environment: `ALICLOUD_CREDENTIALS_URI` or `ALIBABA_CLOUD_CREDENTIALS_URI`. */
  credentialsUri?: pulumi.Input<string>;
  /** The RAM role of the ECS instance that Pulumi runs on, whose credentials sign. In the environment: `ALICLOUD_ECS_ROLE_NAME` or `ALIBABA_CLOUD_ECS_METADATA`. */
  ecsRoleName?: pulumi.Input<string>;
  /** A RAM role that is assumed with the credentials of the other settings, and signs the calls. */
  assumeRole?: pulumi.Input<AssumeRole>;
  /** A RAM role that the token of an OIDC identity provider opens, and that signs the calls. */
  assumeRoleWithOidc?: pulumi.Input<AssumeRoleWithOidc>;
  /** The id of the account that the credentials have to be for: a run that would reach another one is refused before anything is compared. In the environment: `ALICLOUD_USERS_ACCOUNT_ID`. */
  accountId?: pulumi.Input<string>;
  /** The region of bastion hosts and EIAM instances; that of the profile, or `cn-hangzhou`, unless set. In the environment: `ALIBABA_CLOUD_REGION_ID` or `ALIBABA_CLOUD_REGION` or `ALICLOUD_REGION` or `ALIBABACLOUD_REGION_ID` or `ALICLOUD_REGION_ID`. */
  region?: pulumi.Input<string>;
  /** Endpoints in place of the regions' own, by the keys `ram`, `bastionhost`, `eiam` and `sts`. */
  endpoints?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** One URL for all three APIs, such as that of the emulator. In the environment: `ALICLOUD_USERS_ENDPOINT`. */
  endpoint?: pulumi.Input<string>;
  /** How long a call waits for its answer, in milliseconds; 30,000 unless set. In the environment: `ALICLOUD_CLIENT_READ_TIMEOUT`. */
  clientReadTimeout?: pulumi.Input<number>;
  /** How long a call is repeated at most, in seconds; 600 unless set. One that the API throttles is repeated so long; one without an answer shorter: a read for 30 seconds, a write four times where that is safe. In the environment: `ALICLOUD_MAX_RETRY_TIMEOUT`. */
  maxRetryTimeout?: pulumi.Input<number>;
  /** How many users one run may delete or lock out, and 0 is none: a run that is to remove more removes none of those that come together. No limit unless set. In the environment: `ALICLOUD_USERS_MAX_DELETES`. */
  maxDeletes?: pulumi.Input<number>;
  /** The folder in which creates are noted until Pulumi has recorded them, by its absolute path, or `off`; `~/.pulumi/alicloud-users/journal` unless set. In the environment: `ALICLOUD_USERS_JOURNAL`. */
  journal?: pulumi.Input<string>;
  /** The highest call rate: a number, or one for each of `Ram`, `Bastionhost` and `Eiam`. In the environment: `ALICLOUD_USERS_CALLS_PER_SECOND`. */
  callsPerSecond?: pulumi.Input<number | Record<string, pulumi.Input<number>>>;
}

/** How the engine takes the arguments: encrypted, as JSON what is no text, or as they are. */
export const sent: Readonly<Record<string, { isSecret?: true; isJson?: true }>> = {
  accessKey: { isSecret: true },
  secretKey: { isSecret: true },
  securityToken: { isSecret: true },
  assumeRole: { isJson: true },
  assumeRoleWithOidc: { isSecret: true, isJson: true },
  endpoints: { isJson: true },
  clientReadTimeout: { isJson: true },
  maxRetryTimeout: { isJson: true },
  maxDeletes: { isJson: true },
  callsPerSecond: { isJson: true },
};
