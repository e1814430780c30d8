/** How the engine calls a provider: all that the two frontends differ in, besides the form of their messages. */
export interface Frontend {
  /** Whether the engine asks for creates and updates in a preview too. Otherwise only `check` can refuse them there. */
  readonly previewsWrites: boolean;
  /** Whether the engine reads each user, in every run, before it asks for its differences. */
  readonly readsBeforeDiff: boolean;
}

/** Dynamic resources: Pulumi's process passes on neither previews of writes nor `refresh_before_update`. */
export const dynamicFrontend: Frontend = { previewsWrites: false, readsBeforeDiff: false };

/** The plugin, which speaks to the engine itself. */
export const pluginFrontend: Frontend = { previewsWrites: true, readsBeforeDiff: true };
