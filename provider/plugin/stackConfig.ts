import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { z } from "zod";
import type { Values } from "../core/wire";
import schema from "./schema.json";

const config = z.record(z.string(), z.string());

/** The settings whose values are secret, by the schema. */
const secretSettings = Object.entries(schema.config.variables)
  .filter(([, variable]) => "secret" in variable && variable.secret)
  .map(([name]) => name);

/**
 * The settings of this package in the stack's configuration as it is now, if the provider of this URN is configured from
 * there: the default provider. The engine passes them to the plugin's process; what it sends in requests may be the state's.
 */
export function stackConfigOf(
  urn: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Values | undefined {
  // The engine itself decides by this name.
  const isDefault = urn?.split("::").at(-1)?.startsWith("default") === true;
  const passed = environment.PULUMI_CONFIG;
  return isDefault && passed ? config.parse(JSON.parse(passed)) : undefined;
}

/** Inputs of a provider without its keys, for a provider that reads them from the stack's configuration. */
export function withoutKeys(inputs: Struct): Struct {
  const kept = inputs.clone() as Struct;
  for (const name of secretSettings) kept.getFieldsMap().del(name);
  return kept;
}
