export type * from "./generated/types";
export * from "./generated/dynamicUsers";
