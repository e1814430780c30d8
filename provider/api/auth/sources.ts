/** The configuration in which the settings of `alicloud:` may go by this package's own name as well, as they do for the plugin. */
export function withOwnNames(config: Sources["config"]): Sources["config"] {
  return (key) => config(key) ?? config(key.replace(/^alicloud:/, "alicloud-users:"));
}

/** Where settings come from: the Pulumi configuration by full key (`alicloud:region`), and the environment. */
export interface Sources {
  config: (key: string) => string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  /** Further places in which brakes count; the other settings are not read there. */
  further?: readonly Place[];
}

/** A place for settings, named in words. */
export interface Place {
  name: string;
  config: Sources["config"];
}

/** The first of these keys and variables that is set, with its value. */
export type Find = (...places: readonly string[]) => readonly [place: string, value: string] | undefined;

/** Looks for settings by the keys of the configuration, which have a colon, and by the names of variables. */
export function findIn({ config, environment }: Sources): Find {
  return (...places) =>
    places
      .map((place) => [place, place.includes(":") ? config(place) : environment[place]] as const)
      .find((entry): entry is readonly [string, string] => Boolean(entry[1]));
}
