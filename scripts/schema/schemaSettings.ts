import type { SettingName } from "../../provider/api/settingNames";
import { packageName } from "../../provider/lifecycle/packageName";
import type { TypeSpec } from "./schemaTypes";

interface Setting {
  description: string;
  type: TypeSpec;
  secret?: true;
  /** The environment variables that stand in for it, the first before the others. */
  environment?: readonly string[];
}

const string = { type: "string" };
const number = { type: "number" };

interface SettingType {
  description: string;
  properties: Readonly<Record<string, { description: string; type: TypeSpec; secret?: true }>>;
}

/** The objects among the settings, by the names of their types. */
const settingTypes = {
  ProviderAssumeRole: {
    description: "A RAM role that is assumed before anything is called.",
    properties: {
      roleArn: {
        description:
          "The ARN of the role; an empty one stands for no role. In the environment: `ALICLOUD_ASSUME_ROLE_ARN` or `ALIBABA_CLOUD_ROLE_ARN`.",
        type: string,
      },
      sessionName: {
        description: "The name of the session, `pulumi-alicloud-users` unless set.",
        type: string,
      },
      sessionExpiration: {
        description:
          "How long a session lasts, in seconds: 900 to 43,200, 3600 unless set. It is renewed before it ends.",
        type: number,
      },
      policy: { description: "A RAM policy that narrows what the session may do.", type: string },
      externalId: { description: "The external id that the role's trust policy asks for.", type: string },
    },
  },
  ProviderAssumeRoleWithOidc: {
    description: "A RAM role that the token of an OIDC identity provider opens.",
    properties: {
      roleArn: {
        description: "The ARN of the role. In the environment: `ALIBABA_CLOUD_ROLE_ARN`.",
        type: string,
      },
      oidcProviderArn: {
        description:
          "The ARN of the identity provider. In the environment: `ALIBABA_CLOUD_OIDC_PROVIDER_ARN`.",
        type: string,
      },
      oidcTokenFile: {
        description: "The file that holds the token. In the environment: `ALIBABA_CLOUD_OIDC_TOKEN_FILE`.",
        type: string,
      },
      oidcToken: {
        description: "The token itself. In the environment: `ALIBABA_CLOUD_OIDC_TOKEN`.",
        type: string,
        secret: true,
      },
      roleSessionName: {
        description: "The name of the session, `pulumi-alicloud-users` unless set.",
        type: string,
      },
      sessionExpiration: {
        description: "How long a session lasts, in seconds: 900 to 43,200, 3600 unless set.",
        type: number,
      },
      policy: { description: "A RAM policy that narrows what the session may do.", type: string },
    },
  },
} satisfies Readonly<Record<string, SettingType>>;

const object = (name: keyof typeof settingTypes): TypeSpec => ({
  $ref: `#/types/${packageName}:index:${name}`,
});

/** The settings of the provider, by name. */
const settings: Readonly<Record<SettingName, Setting>> = {
  accessKey: {
    description: "The id of the access key that signs the calls.",
    type: string,
    secret: true,
    environment: [
      ...["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY"],
      ...["ALIBABACLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY_ID"],
    ],
  },
  secretKey: {
    description: "The secret of the access key.",
    type: string,
    secret: true,
    environment: [
      ...["ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALICLOUD_SECRET_KEY"],
      ...["ALIBABACLOUD_ACCESS_KEY_SECRET", "ALICLOUD_ACCESS_KEY_SECRET"],
    ],
  },
  securityToken: {
    description: "The token that goes with an access key of STS.",
    type: string,
    secret: true,
    environment: ["ALIBABA_CLOUD_SECURITY_TOKEN", "ALICLOUD_SECURITY_TOKEN", "ALIBABACLOUD_SECURITY_TOKEN"],
  },
  profile: {
    description: "A profile of the Alibaba Cloud CLI, whose credentials are used where no access key is set.",
    type: string,
    environment: ["ALIBABA_CLOUD_PROFILE", "ALICLOUD_PROFILE", "ALIBABACLOUD_PROFILE"],
  },
  sharedCredentialsFile: {
    description: "The file that holds the profile, `~/.aliyun/config.json` unless set.",
    type: string,
    environment: ["ALICLOUD_SHARED_CREDENTIALS_FILE", "ALIBABA_CLOUD_CREDENTIALS_FILE"],
  },
  credentialsUri: {
    description: "The URI of a service that answers with temporary credentials.",
    type: string,
    environment: ["ALICLOUD_CREDENTIALS_URI", "ALIBABA_CLOUD_CREDENTIALS_URI"],
  },
  ecsRoleName: {
    description: "The RAM role of the ECS instance that Pulumi runs on, whose credentials sign.",
    type: string,
    environment: ["ALICLOUD_ECS_ROLE_NAME", "ALIBABA_CLOUD_ECS_METADATA"],
  },
  assumeRole: {
    description:
      "A RAM role that is assumed with the credentials of the other settings, and signs the calls.",
    type: object("ProviderAssumeRole"),
  },
  assumeRoleWithOidc: {
    description: "A RAM role that the token of an OIDC identity provider opens, and that signs the calls.",
    type: object("ProviderAssumeRoleWithOidc"),
    secret: true,
  },
  accountId: {
    description:
      "The id of the account that the credentials have to be for: a run that would reach another one is refused before anything is compared.",
    type: string,
    environment: ["ALICLOUD_USERS_ACCOUNT_ID"],
  },
  region: {
    description:
      "The region of bastion hosts and EIAM instances; that of the profile, or `cn-hangzhou`, unless set.",
    type: string,
    environment: [
      ...["ALIBABA_CLOUD_REGION_ID", "ALIBABA_CLOUD_REGION", "ALICLOUD_REGION"],
      ...["ALIBABACLOUD_REGION_ID", "ALICLOUD_REGION_ID"],
    ],
  },
  endpoints: {
    description:
      "Endpoints in place of the regions' own, by the keys `ram`, `bastionhost`, `eiam` and `sts`.",
    type: { type: "object", additionalProperties: string },
  },
  endpoint: {
    description: "One URL for all three APIs, such as that of the emulator.",
    type: string,
    environment: ["ALICLOUD_USERS_ENDPOINT"],
  },
  clientReadTimeout: {
    description: "How long a call waits for its answer, in milliseconds; 30,000 unless set.",
    type: number,
    environment: ["ALICLOUD_CLIENT_READ_TIMEOUT"],
  },
  maxRetryTimeout: {
    description:
      "How long a call is repeated at most, in seconds; 600 unless set. One that the API throttles is repeated so long; one without an answer shorter: a read for 30 seconds, a write four times where that is safe.",
    type: number,
    environment: ["ALICLOUD_MAX_RETRY_TIMEOUT"],
  },
  maxDeletes: {
    description:
      "How many users one run may delete or lock out, and 0 is none: a run that is to remove more removes none of those that come together. No limit unless set.",
    type: number,
    environment: ["ALICLOUD_USERS_MAX_DELETES"],
  },
  journal: {
    description:
      "The folder in which creates are noted until Pulumi has recorded them, by its absolute path, or `off`; `~/.pulumi/alicloud-users/journal` unless set.",
    type: string,
    environment: ["ALICLOUD_USERS_JOURNAL"],
  },
  callsPerSecond: {
    description: "The highest call rate: a number, or one for each of `Ram`, `Bastionhost` and `Eiam`.",
    type: { oneOf: [number, { type: "object", additionalProperties: number }] },
    environment: ["ALICLOUD_USERS_CALLS_PER_SECOND"],
  },
};

/** The types of the objects among the settings, by token. */
export function settingTypeSpecs(): Record<string, object> {
  const specs = Object.entries<SettingType>(settingTypes).map(([name, { description, properties }]) => {
    const members = Object.entries(properties).map(([key, { type, ...rest }]) => [key, { ...type, ...rest }]);
    return [
      `${packageName}:index:${name}`,
      { type: "object", description, properties: Object.fromEntries(members) as object },
    ];
  });
  return Object.fromEntries(specs) as Record<string, object>;
}

/** The stack's configuration, with the environment variables that stand in for it. */
export function configVariables(): Record<string, object> {
  return each(({ environment }) => (environment ? { defaultInfo: { environment } } : {}));
}

/**
 * The inputs of a provider that a program declares. The provider reads the environment itself, when it runs: a default
 * here would be written into the state, and could add a token from the environment to a key from the program.
 */
export function providerInputs(): Record<string, object> {
  return each(() => ({}));
}

function each(further: (setting: Setting) => object): Record<string, object> {
  const specs = Object.entries(settings).map(([name, setting]) => {
    const { type, secret, environment } = setting;
    const variables = environment?.map((variable) => `\`${variable}\``).join(" or ");
    const description = [setting.description, variables && `In the environment: ${variables}.`]
      .filter(Boolean)
      .join(" ");
    return [name, { ...type, description, ...(secret && { secret }), ...further(setting) }];
  });
  return Object.fromEntries(specs) as Record<string, object>;
}
