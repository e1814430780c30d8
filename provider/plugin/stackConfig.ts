import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { z } from "zod";
import type { Place } from "../api/auth/sources";
import type { Values } from "../core/wire";
import schema from "./schema.json";

const config = z.record(z.string(), z.string());

/** The settings whose values are secret, by the schema. */
const secretSettings = Object.entries(schema.config.variables)
  .filter(([, variable]) => "secret" in variable && variable.secret)
  .map(([name]) => name);

/** Whether the provider of this URN is configured from the stack; the engine itself decides by this name. */
const isDefault = (urn: string | undefined): boolean =>
  urn?.split("::").at(-1)?.startsWith("default") === true;

/**
 * The settings of this package in the stack's configuration as it is now, if the provider of this URN is configured from
 * there: the default provider. The engine passes them to the plugin's process; what it sends in requests may be the state's.
 */
export function stackConfigOf(
  urn: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Values | undefined {
  return isDefault(urn) ? passedOn(environment) : undefined;
}

/**
 * The places in which brakes count. The default provider has the stack's configuration, and what the engine hands over of
 * the last update; one that the program makes has its arguments, and of the stack's configuration the account only if it
 * names none itself.
 */
export function placesOfBrakes(
  urn: string | undefined,
  handed: Values,
  environment: NodeJS.ProcessEnv = process.env,
): Place[] {
  const { accountId, ...others } = passedOn(environment) ?? {};
  const isOther = !isDefault(urn) && handed.accountId !== undefined;
  const ofStack = isOther ? others : { ...others, accountId };
  const source = isDefault(urn) ? "the configuration of the last update" : "the provider's arguments";
  return [
    { name: "the stack's configuration", config: inPlugin(ofStack) },
    { name: source, config: inPlugin(handed) },
  ];
}

/** Settings by the names that they have elsewhere: `alicloud:region` is `region`. */
export const inPlugin =
  (values: Values): Place["config"] =>
  (key) => {
    const value = values[key.slice(key.indexOf(":") + 1)];
    return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
  };

function passedOn({ PULUMI_CONFIG: passed }: NodeJS.ProcessEnv): Values | undefined {
  return passed ? config.parse(JSON.parse(passed)) : undefined;
}

/** Inputs of a provider without its keys, for a provider that reads them from the stack's configuration. */
export function withoutKeys(inputs: Struct): Struct {
  const kept = inputs.clone() as Struct;
  for (const name of secretSettings) kept.getFieldsMap().del(name);
  return kept;
}
