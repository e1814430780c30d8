export type * from "./types";
export * from "./dynamicUsers";
