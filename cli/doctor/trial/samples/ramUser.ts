import { emailSample, type SamplesOf } from "../sample";

/** What a trial writes into the attributes of a RamUser. */
export const ramUserSamples: SamplesOf = ({ name }) => ({
  userName: { first: name, second: `${name}-b` },
  displayName: { first: "Trial A", second: "Trial B" },
  mobilePhone: { first: "86-18600000000", second: "86-18600000001", mayBeHidden: true },
  email: { ...emailSample(name), mayBeHidden: true },
  comments: { first: "Made by alicloud-users doctor", second: "Changed by alicloud-users doctor" },
});
