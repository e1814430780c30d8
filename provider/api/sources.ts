/** Where settings come from: the Pulumi configuration by full key (`alicloud:region`), and the environment. */
export interface Sources {
  config: (key: string) => string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
}
