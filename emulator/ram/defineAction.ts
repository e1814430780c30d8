import { actionsOn } from "../product/actionsOn";
import type { RamAccount } from "./account";

/** Declares an action. */
export const defineAction = actionsOn<RamAccount>();
