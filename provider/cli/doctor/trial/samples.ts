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

const sendsMessages = "it would send messages";
const needsOption = (option: string) => `it needs ${option}`;

/** The samples of each attribute, by the type of the resource. Data of nobody. */
export function samplesOf(type: string, place: Place): Readonly<Record<string, Sample>> {
  const { name } = place;
  const password = { first: "Ab1!trial-first", second: "Cd2?trial-second" };
  const email = { first: `${name}@example.com`, second: `${name}.b@example.com` };
  const samples: Record<string, Record<string, Sample>> = {
    RamUser: {
      userName: { first: name, second: `${name}-b` },
      displayName: { first: "Trial A", second: "Trial B" },
      mobilePhone: { first: "86-18600000000", second: "86-18600000001", mayBeHidden: true },
      email: { ...email, mayBeHidden: true },
      comments: { first: "Made by alicloud-users doctor", second: "Changed by alicloud-users doctor" },
    },
    BastionhostUser: {
      instanceId: { first: place.instance },
      source: { first: "Local" },
      sourceUserId: { untried: "it is for users of another source" },
      userName: { first: name },
      displayName: { first: "Trial A", second: "Trial B" },
      comment: { first: "Made by alicloud-users doctor", second: "Changed by alicloud-users doctor" },
      email,
      mobile: { first: "18600000000", second: "18600000001" },
      mobileCountryCode: { first: "SG", second: "HK" },
      password,
      needResetPassword: { first: true, second: false },
      effectiveStartTime: { first: "2026-01-01", second: "2026-02-01" },
      effectiveEndTime: { first: "2099-01-01", second: "2099-02-01" },
      twoFactorMethods: { first: ["totp"], second: ["email"] },
      twoFactorStatus: { first: "Enable", second: "Disable" },
      language: { first: "en", second: "zh-cn" },
      languageStatus: { first: "Custom", second: "Global" },
      locked: { first: true, second: false },
    },
    EiamUser: {
      instanceId: { first: place.instance },
      username: { first: name, second: `${name}-b` },
      displayName: { first: "Trial A", second: "Trial B" },
      description: { first: "Made by alicloud-users doctor", second: "Changed by alicloud-users doctor" },
      password,
      passwordForcedUpdateStatus: { untried: "it goes with a password, and no answer shows it" },
      userNotificationChannels: { untried: sendsMessages },
      passwordInitializationConfig: { untried: sendsMessages },
      phoneRegion: { first: "86", second: "852" },
      phoneNumber: { first: `1860${digitsOf(name)}`, second: `1861${digitsOf(name)}` },
      phoneNumberVerified: { first: true, second: false },
      email,
      emailVerified: { first: true, second: false },
      userExternalId: { first: name },
      primaryOrganizationalUnitId: { untried: "the user stays in the root unit" },
      organizationalUnitIds:
        place.unit === undefined ? { untried: needsOption("--unit") } : { first: [place.unit], second: [] },
      customFields:
        place.field === undefined
          ? { untried: needsOption("--field") }
          : { first: { [place.field]: "Trial A" }, second: { [place.field]: "Trial B" } },
      status: { first: "disabled", second: "enabled" },
      locked: { untried: "EIAM sets this lock by itself" },
    },
  };
  return samples[type] ?? {};
}

/** Seven digits that differ by name, since a phone number may be unique. */
function digitsOf(name: string): string {
  const sum = [...name].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 9_000_000, 0);
  return String(1_000_000 + sum);
}
