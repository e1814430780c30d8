import type { Settings } from "./control/settings";
import type { Store } from "./store";

/** What an action works on: the stored users, the settings, and the clock. */
export interface World {
  readonly store: Store;
  readonly settings: Settings;
  now(): Date;
}
