import { packageName } from "./packageName";

/** How the engine calls a provider. The two frontends differ in this and in the form of their messages, nothing else. */
export interface Frontend {
  /** Whether the engine asks for creates and updates in a preview too. Otherwise only `check` can refuse them there. */
  readonly previewsWrites: boolean;
  /** Whether the engine reads each user, in every run, before it asks for its differences. */
  readonly readsBeforeDiff: boolean;
  /** The type token of these users in the other frontend. */
  otherType(type: string): string;
}

/** Dynamic resources: Pulumi's process passes on neither previews of writes nor `refresh_before_update`. */
export const dynamicFrontend: Frontend = {
  previewsWrites: false,
  readsBeforeDiff: false,
  otherType: (type) => `${packageName}:index:${type}`,
};

/** The plugin, which the engine calls directly. */
export const pluginFrontend: Frontend = {
  previewsWrites: true,
  readsBeforeDiff: true,
  otherType: (type) => `pulumi-nodejs:dynamic/${packageName}:${type}`,
};
