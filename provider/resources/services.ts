import type { Service, Services } from "../core/service";
import { bastionhost } from "./bastionhost/service";
import { eiam } from "./eiam/service";
import { ram } from "./ram/service";

/** The APIs whose users are managed. */
export const services: Services = { Ram: ram, Bastionhost: bastionhost, Eiam: eiam };

/** The service of that name. Throws when there is none. */
export function serviceOf(name: string): Service {
  const service = services[name];
  if (!service) throw new Error(`There is no service "${name}" in services.ts.`);
  return service;
}
