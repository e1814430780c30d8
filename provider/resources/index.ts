import type { Resource } from "../core/resource";
import { bastionhostUser } from "./bastionhost/bastionhostUser";
import { eiamUser } from "./eiam/eiamUser";
import { ramUser } from "./ram/ramUser";

/** Every kind of user that the provider knows. */
export const resources: readonly Resource[] = [ramUser, bastionhostUser, eiamUser];
