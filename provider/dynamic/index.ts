import type { dynamic } from "@pulumi/pulumi";
import type { Values } from "../core/wire";
import { resources } from "../resources";
import { createDynamicProcess } from "./dynamicProcess";
import { dynamicProvider } from "./dynamicProvider";

/** Dynamic providers by resource type. */
export type DynamicProviders = Readonly<Record<string, dynamic.ResourceProvider<Values, Values>>>;

/** Dynamic providers that share an account and what they know of the run of the engine at this address. */
export function createProviders(engine: string | undefined): DynamicProviders {
  const shared = createDynamicProcess(engine);
  return Object.fromEntries(resources.map((resource) => [resource.type, dynamicProvider(resource, shared)]));
}

/**
 * The dynamic providers of this process, which Pulumi starts with the engine's address. The line of text that the state
 * holds for each resource asks for one of them.
 */
export const providers: DynamicProviders = createProviders(process.argv[2]);
