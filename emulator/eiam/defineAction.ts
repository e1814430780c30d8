import { actionsOn } from "../product/actionsOn";
import type { IdaasInstances } from "./instances";

/** Declares an action. */
export const defineAction = actionsOn<IdaasInstances>();
