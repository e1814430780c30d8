/** What a trial writes into one attribute: at the creation, and in its place later. */
export interface Sample {
  /** Absent where the attribute is not declared at the creation. */
  first?: unknown;
  /** Absent where nothing else can be tried. */
  second?: unknown;
  /** True for what some accounts never show. */
  mayBeHidden?: true;
  /** Why the attribute is not tried. */
  untried?: string;
}

/** What a trial depends on besides the resource. */
export interface Place {
  /** The name of the throwaway user. */
  name: string;
  instance?: string | undefined;
  /** A second organizational unit of the EIAM instance. */
  unit?: string | undefined;
  /** A custom field of the EIAM instance. */
  field?: string | undefined;
}

/** The samples of a resource's attributes, of data that is nobody's. */
type SamplesOf = (place: Place) => Readonly<Record<string, Sample>>;

/** Two email addresses of the throwaway user. */
function emailSample(name: string): Sample {
  return { first: `${name}@example.com`, second: `${name}.b@example.com` };
}

/** Two passwords that every service takes. */
const passwordSample: Sample = { first: "Ab1!trial-first", second: "Cd2?trial-second" };

/** What a trial writes into the attributes of a RamUser. */
const ramUserSamples: SamplesOf = ({ name }) => ({
  userName: { first: name, second: `${name}-b` },
  displayName: { first: "Trial A", second: "Trial B" },
  mobilePhone: { first: "86-18600000000", second: "86-18600000001", mayBeHidden: true },
  email: { ...emailSample(name), mayBeHidden: true },
  comments: { first: "Made by alicloud-users doctor", second: "Changed by alicloud-users doctor" },
});

/** What a trial writes into the attributes of a BastionhostUser. */
const bastionhostUserSamples: SamplesOf = ({ name, instance }) => ({
  instanceId: { first: instance },
  source: { first: "Local" },
  sourceUserId: { untried: "it is for users of another source" },
  userName: { first: name },
  displayName: { first: "Trial A", second: "Trial B" },
  comment: { first: "Made by alicloud-users doctor", second: "Changed by alicloud-users doctor" },
  email: emailSample(name),
  mobile: { first: "18600000000", second: "18600000001" },
  mobileCountryCode: { first: "SG", second: "HK" },
  password: passwordSample,
  needResetPassword: { first: false, second: true },
  effectiveStartTime: { first: "2026-01-01", second: "2026-02-01" },
  effectiveEndTime: { first: "2099-01-01", second: "2099-02-01" },
  twoFactorMethods: { first: ["totp"], second: ["email"] },
  twoFactorStatus: { first: "Enable", second: "Disable" },
  language: { first: "en", second: "zh-cn" },
  languageStatus: { first: "Custom", second: "Global" },
  locked: { first: true, second: false },
});

const sendsMessages = "it would send messages";
const needsOption = (option: string) => `it needs ${option}`;

/** What a trial writes into the attributes of an EiamUser. */
const eiamUserSamples: SamplesOf = ({ name, instance, unit, field }) => ({
  instanceId: { first: instance },
  username: { first: name, second: `${name}-b` },
  displayName: { first: "Trial A", second: "Trial B" },
  description: { first: "Made by alicloud-users doctor", second: "Changed by alicloud-users doctor" },
  password: passwordSample,
  passwordForcedUpdateStatus: { untried: "it goes with a password, and no answer shows it" },
  userNotificationChannels: { untried: sendsMessages },
  passwordInitializationConfig: { untried: sendsMessages },
  phoneRegion: { first: "86", second: "852" },
  phoneNumber: { first: `1860${digitsOf(name)}`, second: `1861${digitsOf(name)}` },
  phoneNumberVerified: { first: true, second: false },
  email: emailSample(name),
  emailVerified: { first: true, second: false },
  userExternalId: { first: name },
  primaryOrganizationalUnitId: { untried: "the user stays in the root unit" },
  organizationalUnitIds:
    unit === undefined ? { untried: needsOption("--unit") } : { first: [unit], second: [] },
  customFields:
    field === undefined
      ? { untried: needsOption("--field") }
      : { first: { [field]: "Trial A" }, second: { [field]: "Trial B" } },
  status: { first: "disabled", second: "enabled" },
  locked: { untried: "EIAM sets this lock by itself" },
});

/** Seven digits that differ by name, since a phone number may be unique. */
function digitsOf(name: string): string {
  const sum = [...name].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 9_000_000, 0);
  return String(1_000_000 + sum);
}

const samples: Readonly<Record<string, SamplesOf>> = {
  RamUser: ramUserSamples,
  BastionhostUser: bastionhostUserSamples,
  EiamUser: eiamUserSamples,
};

/** The samples of each attribute, by the type of the resource; none for a type without any. */
export function samplesOf(type: string, place: Place): Readonly<Record<string, Sample>> {
  return samples[type]?.(place) ?? {};
}
