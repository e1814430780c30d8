import type { Resource } from "../../provider/core/resource";
import { resources } from "../../provider/resources";

/** The resource of a service, by which its users are read. */
export function schemaOf(service: string): Resource {
  const found = resources.find((resource) => resource.service === service);
  if (!found) throw new Error(`No resource is of the service ${service}.`);
  return found;
}
