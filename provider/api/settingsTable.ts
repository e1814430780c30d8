import { z } from "zod";
import { usualSession } from "./auth/identity";
import type { Wanted } from "./parseSetting";

/** One setting: what it is for, where it stands, and what it has to be. */
export interface Setting extends Wanted<z.ZodType> {
  /** What it is for; the documentation of it everywhere. */
  sentence: string;
  /** The environment variables that stand in for it, the first before the others. */
  variables?: readonly string[];
  /** Whether it is encrypted in the state. */
  secret?: true;
  /** Whether Pulumi's alicloud package has no such setting, so that its name is this package's alone. */
  isOwn?: true;
  /** Whether it protects users from a run, and so counts wherever it stands. */
  isBrake?: true;
  /** The members of one that is an object. */
  members?: Readonly<Record<string, Setting>>;
}

const text = { schema: z.string(), words: "a text" };
const optionalText = { schema: z.string().optional(), words: "a text" };
const url = z
  .string()
  .transform((given) => (/^https?:\/\//.test(given) ? given : `https://${given}`))
  .pipe(z.url());
const rate = z.coerce.number().positive();

/** A day, which a timer still counts right. */
const longestMs = 86_400_000;

/** A time of at most a day in units of so many milliseconds; 0 stands for the default, as it does in Terraform. */
const duration = (unitMs: number) => ({
  schema: z
    .number()
    .int()
    .min(0)
    .max(longestMs / unitMs)
    .transform((count) => count * unitMs),
  words: `a whole number of ${unitMs === 1 ? "milliseconds" : "seconds"}, from 0 to ${longestMs / unitMs} (a day)`,
  isShown: true,
});

const sessionSeconds = {
  schema: z.coerce
    .number()
    .int()
    .refine(
      (count) => count === 0 || (count >= 900 && count <= 43_200),
      "a session lasts 900 to 43200 seconds",
    )
    .transform((count) => count || usualSession.seconds)
    .optional(),
  words: "0, or 900 to 43200 seconds",
  isShown: true,
};

/** An object of these members; a list of one object is what Terraform makes of a block. */
function object<const M extends Readonly<Record<string, Setting>>>(members: M) {
  const shape = Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema]));
  return {
    members,
    schema: z.preprocess(
      (value) => (Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value),
      z.strictObject(shape as { -readonly [Name in keyof M]: M[Name]["schema"] }),
    ),
    words: `an object with some of ${Object.keys(members).join(", ")}`,
  };
}

const policy = { sentence: "A RAM policy that narrows what the session may do.", ...optionalText };
const sessionExpiration = {
  sentence:
    "How long a session lasts, in seconds: 900 to 43,200, 3600 unless set. It is renewed before it ends.",
  ...sessionSeconds,
};
const sessionName = {
  sentence: `The name of the session, \`${usualSession.name}\` unless set.`,
  ...optionalText,
};

/** The settings of this package, which a stack's configuration has under `alicloud-users:`, by name. */
export const settings = {
  accessKey: {
    sentence: "The id of the access key that signs the calls.",
    ...text,
    secret: true,
    variables: [
      "ALIBABA_CLOUD_ACCESS_KEY_ID",
      "ALICLOUD_ACCESS_KEY",
      "ALIBABACLOUD_ACCESS_KEY_ID",
      "ALICLOUD_ACCESS_KEY_ID",
    ],
  },
  secretKey: {
    sentence: "The secret of the access key.",
    ...text,
    secret: true,
    // Each with the id in the same place above.
    variables: [
      "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
      "ALICLOUD_SECRET_KEY",
      "ALIBABACLOUD_ACCESS_KEY_SECRET",
      "ALICLOUD_ACCESS_KEY_SECRET",
    ],
  },
  securityToken: {
    sentence: "The token that goes with an access key of STS.",
    ...text,
    secret: true,
    // Two of the keys above share one.
    variables: [
      "ALIBABA_CLOUD_SECURITY_TOKEN",
      "ALICLOUD_SECURITY_TOKEN",
      "ALIBABACLOUD_SECURITY_TOKEN",
      "ALICLOUD_SECURITY_TOKEN",
    ],
  },
  profile: {
    sentence: "A profile of the Alibaba Cloud CLI, whose credentials are used where no access key is set.",
    ...text,
    variables: ["ALIBABA_CLOUD_PROFILE", "ALICLOUD_PROFILE", "ALIBABACLOUD_PROFILE"],
  },
  sharedCredentialsFile: {
    sentence: "The file that holds the profile, `~/.aliyun/config.json` unless set.",
    ...text,
    variables: ["ALICLOUD_SHARED_CREDENTIALS_FILE", "ALIBABA_CLOUD_CREDENTIALS_FILE"],
  },
  credentialsUri: {
    sentence: "The URI of a service that answers with temporary credentials.",
    ...text,
    variables: ["ALICLOUD_CREDENTIALS_URI", "ALIBABA_CLOUD_CREDENTIALS_URI"],
  },
  ecsRoleName: {
    sentence: "The RAM role of the ECS instance that Pulumi runs on, whose credentials sign.",
    ...text,
    variables: ["ALICLOUD_ECS_ROLE_NAME", "ALIBABA_CLOUD_ECS_METADATA"],
  },
  assumeRole: {
    sentence: "A RAM role that is assumed with the credentials of the other settings, and signs the calls.",
    ...object({
      roleArn: {
        sentence: "The ARN of the role, `acs:ram::ACCOUNT:role/NAME`; an empty one stands for no role.",
        ...optionalText,
        variables: ["ALICLOUD_ASSUME_ROLE_ARN", "ALIBABA_CLOUD_ROLE_ARN"],
      },
      sessionName: {
        ...sessionName,
        variables: ["ALICLOUD_ASSUME_ROLE_SESSION_NAME", "ALIBABA_CLOUD_ROLE_SESSION_NAME"],
      },
      sessionExpiration: { ...sessionExpiration, variables: ["ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION"] },
      policy,
      externalId: { sentence: "The external id that the role's trust policy asks for.", ...optionalText },
    }),
  },
  assumeRoleWithOidc: {
    sentence: "A RAM role that the token of an OIDC identity provider opens, and that signs the calls.",
    secret: true,
    ...object({
      roleArn: {
        sentence: "The ARN of the role, `acs:ram::ACCOUNT:role/NAME`.",
        ...optionalText,
        variables: ["ALIBABA_CLOUD_ROLE_ARN"],
      },
      oidcProviderArn: {
        sentence: "The ARN of the identity provider, `acs:ram::ACCOUNT:oidc-provider/NAME`.",
        ...optionalText,
        variables: ["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"],
      },
      oidcTokenFile: {
        sentence: "The file that holds the token; it is read again for each session.",
        ...optionalText,
        variables: ["ALIBABA_CLOUD_OIDC_TOKEN_FILE"],
      },
      oidcToken: {
        sentence: "The token itself.",
        ...optionalText,
        secret: true,
        variables: ["ALIBABA_CLOUD_OIDC_TOKEN"],
      },
      roleSessionName: { ...sessionName, variables: ["ALIBABA_CLOUD_ROLE_SESSION_NAME"] },
      sessionExpiration,
      policy,
    }),
  },
  accountId: {
    sentence:
      "The id of the account that the credentials have to be for: a run that would reach another one is refused before anything is compared.",
    // An id has more digits than a number holds safely, so it is never read as one.
    schema: z.string().regex(/^\d{5,20}$/),
    words: `the digits of an account's id, such as "1234567890123456"`,
    isShown: true,
    wayOut: '"alicloud-users doctor" shows the id of the account.',
    isBrake: true,
    variables: ["ALICLOUD_USERS_ACCOUNT_ID"],
  },
  region: {
    sentence:
      "The region of bastion hosts and EIAM instances; that of the profile, or `cn-hangzhou`, unless set.",
    ...text,
    variables: [
      "ALIBABA_CLOUD_REGION_ID",
      "ALIBABA_CLOUD_REGION",
      "ALICLOUD_REGION",
      "ALIBABACLOUD_REGION_ID",
      "ALICLOUD_REGION_ID",
    ],
  },
  endpoints: {
    sentence: "Endpoints in place of the regions' own, by the keys `ram`, `bastionhost`, `eiam` and `sts`.",
    schema: z.union([z.record(z.string(), url), z.array(z.record(z.string(), url))]),
    // A URL may hold a password, so none is shown.
    words: 'an object of URLs, as in {"ram": "https://ram.aliyuncs.com"}',
  },
  endpoint: {
    sentence: "One URL for all three APIs, such as that of the emulator.",
    schema: url,
    words: "a URL, such as https://ram.aliyuncs.com",
    isOwn: true,
    variables: ["ALICLOUD_USERS_ENDPOINT"],
  },
  clientReadTimeout: {
    sentence: "How long a call waits for its answer, in milliseconds; 30,000 unless set.",
    ...duration(1),
    variables: ["ALICLOUD_CLIENT_READ_TIMEOUT"],
  },
  maxRetryTimeout: {
    sentence:
      "How long a call is repeated at most, in seconds; 600 unless set. One that the API throttles is repeated so long; one without an answer shorter: a read for 30 seconds, a write four times where that is safe.",
    ...duration(1000),
    variables: ["ALICLOUD_MAX_RETRY_TIMEOUT"],
  },
  maxDeletes: {
    sentence:
      "How many users one run may delete or lock out, and 0 is none: a run that is to remove more removes none of those that come together. No limit unless set.",
    schema: z.number().int().min(0),
    words: "a whole number, 0 or more",
    isShown: true,
    isOwn: true,
    isBrake: true,
    variables: ["ALICLOUD_USERS_MAX_DELETES"],
  },
  journal: {
    sentence:
      "The folder in which creates are noted until Pulumi has recorded them, by its absolute path, or `off`; `~/.pulumi/alicloud-users/journal` unless set.",
    ...text,
    isOwn: true,
    variables: ["ALICLOUD_USERS_JOURNAL"],
  },
  callsPerSecond: {
    sentence: "The highest call rate: a number, or one for each of `Ram`, `Bastionhost` and `Eiam`.",
    schema: z.union([rate, z.record(z.string(), rate)]),
    words: 'a number above 0, or one for some products, as in {"Ram": 20}',
    isShown: true,
    isOwn: true,
    variables: ["ALICLOUD_USERS_CALLS_PER_SECOND"],
  },
} satisfies Readonly<Record<string, Setting>>;

/** The name of a setting. */
export type SettingName = keyof typeof settings;

/** The settings as pairs of name and row, in the order of the table. */
export function settingRows(): [name: SettingName, row: Setting][] {
  return Object.entries(settings) as [SettingName, Setting][];
}

/** The key of a setting in messages and in a stack's configuration: `alicloud:region`. */
export function keyOf(name: SettingName): string {
  const { isOwn }: Setting = settings[name];
  return `${isOwn ? "alicloud-users" : "alicloud"}:${name}`;
}

/** Where a setting stands: its key, and the variables that stand in for it. */
export function placesOf(name: SettingName): [key: string, ...variables: string[]] {
  const { variables = [] }: Setting = settings[name];
  return [keyOf(name), ...variables];
}
