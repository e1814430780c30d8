import type { Resource } from "../core/resource";
import { bastionhostUser } from "./bastionhostUser";
import { eiamUser } from "./eiamUser";
import { ramUser } from "./ramUser";

/** Every kind of user that the provider knows. */
export const resources = [ramUser, bastionhostUser, eiamUser] as unknown as readonly Resource[];
