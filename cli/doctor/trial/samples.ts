import type { Place, Sample, SamplesOf } from "./sample";
import { bastionhostUserSamples } from "./samples/bastionhostUser";
import { eiamUserSamples } from "./samples/eiamUser";
import { ramUserSamples } from "./samples/ramUser";

const samples: Readonly<Record<string, SamplesOf>> = {
  RamUser: ramUserSamples,
  BastionhostUser: bastionhostUserSamples,
  EiamUser: eiamUserSamples,
};

/** The samples of each attribute, by the type of the resource; none for a type without any. */
export function samplesOf(type: string, place: Place): Readonly<Record<string, Sample>> {
  return samples[type]?.(place) ?? {};
}
