import type { Values } from "../provider/core/wire";
import { dayIn, endOf, isDay, type Stage, stageOf } from "./days";
import { argumentsOf, type People, type Person, type Place } from "./people";
import type { PeopleOptions } from "./options";

/** The people whose users exist on a day. */
export interface Day {
  asOf: string;
  people: { person: Person; stage: Stage }[];
  /** The day, and how many people are in which stage. */
  sentence: string;
}

/** What a day makes of a file of people. */
export function planDay({ people, timeZone }: People, options: PeopleOptions): Day {
  const asOf = options.asOf ?? process.env.ALICLOUD_USERS_AS_OF ?? dayIn(timeZone, new Date());
  if (!isDay(asOf)) throw new Error(`asOf has to be a day such as 2026-12-31, not ${JSON.stringify(asOf)}.`);
  const taken = people
    .filter(({ take }) => take)
    .map((person) => ({ person, stage: stageOf(person, asOf, options.graceDays ?? 30) }));
  const counts = (["active", "planned", "locked", "deleted"] as const)
    .map((stage) => [stage, taken.filter((each) => each.stage === stage).length] as const)
    .filter(([stage, count]) => count > 0 || stage === "active");
  return {
    asOf,
    people: taken.filter(({ stage }) => stage === "active" || stage === "locked"),
    sentence: `as of ${asOf} (${timeZone}): ${counts.map(([stage, count]) => `${count} ${stage}`).join(", ")}`,
  };
}

/** The arguments of a person's user at a stage: with the end of the term, and locked out once it is over. */
export function argumentsOn(
  { until }: Person,
  place: Place,
  values: Values,
  { stage, timeZone }: { stage: Stage; timeZone: string },
): Values {
  const { leaving } = place.resource;
  const end =
    until !== undefined && leaving?.until !== undefined ? { [leaving.until]: endOf(until, timeZone) } : {};
  return { ...argumentsOf(place, { ...end, ...values }), ...(stage === "locked" ? leaving?.lock : {}) };
}
