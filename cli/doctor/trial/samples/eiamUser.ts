import { emailSample, passwordSample, type SamplesOf } from "../sample";

const sendsMessages = "it would send messages";
const needsOption = (option: string) => `it needs ${option}`;

/** What a trial writes into the attributes of an EiamUser. */
export const eiamUserSamples: SamplesOf = ({ name, instance, unit, field }) => ({
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
