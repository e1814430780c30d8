import type { z } from "zod";
import { parseSetting, type Wanted } from "./parseSetting";
import type { Sources } from "./auth/sources";
import { placesOf, type SettingName, settings } from "./settingsTable";

/** A value, and the place that it stands in, in words. */
export interface Placed<T> {
  value: T;
  namedBy: string;
}

/** What protects users from a run. Every place counts in which the settings stand, each with the strictest value. */
export interface Brakes {
  /** How many users one run may delete or lock out; no limit when left out. */
  maxDeletes: Placed<number> | undefined;
  /** The accounts that the credentials have to be for: one, or the run is refused. */
  accountIds: readonly Placed<string>[];
  /** How many users this run may remove, in place of `maxDeletes`. */
  allowedRemovals: number | undefined;
  /** How many users this run may create again in place of those that are missing. */
  allowedRecreations: number | undefined;
}

/** The variables that allow for one run what a brake refuses. They are no settings: a file would allow it for ever. */
export const allowances = {
  removals: "ALICLOUD_USERS_ALLOW_REMOVALS",
  recreations: "ALICLOUD_USERS_ALLOW_RECREATIONS",
} as const;

/** Reads the brakes in every place. Throws a sentence that names a bad value and its place. */
export function readBrakes({ config, environment, further = [] }: Sources): Brakes {
  const everywhere = <S extends z.ZodType>(name: SettingName, wanted: Wanted<S>): Placed<z.output<S>>[] => {
    const [key, ...variables] = placesOf(name);
    const keys = [...new Set([key, `alicloud-users:${name}`])];
    const places = [
      ...further.map((place) => ({ ...place, names: keys })),
      { name: "the configuration that Pulumi handed over", config, names: keys },
      { name: "the environment", config: (variable: string) => environment[variable], names: variables },
    ];
    const texts = places.flatMap((place) =>
      place.names.flatMap((each) => {
        const text = place.config(each);
        return text ? [{ text, namedBy: place.name }] : [];
      }),
    );
    return texts.map(({ text, namedBy }) => ({ value: parseSetting(key, wanted, text), namedBy }));
  };
  const allowed = (variable: string): number | undefined =>
    environment[variable] ? parseSetting(variable, settings.maxDeletes, environment[variable]) : undefined;
  return {
    maxDeletes: everywhere("maxDeletes", settings.maxDeletes).sort(
      (one, other) => one.value - other.value,
    )[0],
    accountIds: everywhere("accountId", settings.accountId),
    allowedRemovals: allowed(allowances.removals),
    allowedRecreations: allowed(allowances.recreations),
  };
}
