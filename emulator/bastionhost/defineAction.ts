import { actionsOn } from "../product/actionsOn";
import type { Bastionhosts } from "./instances";

/** Declares an action. */
export const defineAction = actionsOn<Bastionhosts>();
