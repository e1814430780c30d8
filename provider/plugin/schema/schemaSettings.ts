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

/** The settings of the provider, by name. */
const settings: Readonly<Record<string, Setting>> = {
  accessKey: {
    description: "The id of the access key that signs the calls.",
    type: string,
    secret: true,
    environment: ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY"],
  },
  secretKey: {
    description: "The secret of the access key.",
    type: string,
    secret: true,
    environment: ["ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALICLOUD_SECRET_KEY"],
  },
  securityToken: {
    description: "The token that goes with an access key of STS.",
    type: string,
    secret: true,
    environment: ["ALIBABA_CLOUD_SECURITY_TOKEN", "ALICLOUD_SECURITY_TOKEN"],
  },
  profile: {
    description: "A profile of the Alibaba Cloud CLI, whose credentials sign where no access key is set.",
    type: string,
    environment: ["ALIBABA_CLOUD_PROFILE", "ALICLOUD_PROFILE"],
  },
  region: {
    description: "The region of bastion hosts and EIAM instances, `cn-hangzhou` unless set.",
    type: string,
    environment: ["ALIBABA_CLOUD_REGION_ID", "ALIBABA_CLOUD_REGION", "ALICLOUD_REGION"],
  },
  endpoints: {
    description: "Endpoints in place of the regions' own, by the keys `ram`, `bastionhost` and `eiam`.",
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
    description: "How long a call is repeated, in seconds; 600 unless set.",
    type: number,
    environment: ["ALICLOUD_MAX_RETRY_TIMEOUT"],
  },
  maxDeletes: {
    description:
      "How many users one run may delete or lock out; the next ones are refused. No limit unless set.",
    type: number,
    environment: ["ALICLOUD_USERS_MAX_DELETES"],
  },
  callsPerSecond: {
    description: "The highest call rate: a number, or one for each of `Ram`, `Bastionhost` and `Eiam`.",
    type: { oneOf: [number, { type: "object", additionalProperties: number }] },
    environment: ["ALICLOUD_USERS_CALLS_PER_SECOND"],
  },
};

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
