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
