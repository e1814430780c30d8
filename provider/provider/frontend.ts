/** How the engine calls a provider. The two frontends differ in these flags and in the form of their messages, nothing else. */
export interface Frontend {
  /** Whether the engine asks for creates and updates in a preview too. Otherwise only `check` can refuse them there. */
  readonly previewsWrites: boolean;
  /** Whether the engine reads each user, in every run, before it asks for its differences. */
  readonly readsBeforeDiff: boolean;
}

/** Dynamic resources: Pulumi's process passes on neither previews of writes nor `refresh_before_update`. */
export const dynamicFrontend: Frontend = { previewsWrites: false, readsBeforeDiff: false };

/** The plugin, which the engine calls directly. */
export const pluginFrontend: Frontend = { previewsWrites: true, readsBeforeDiff: true };
