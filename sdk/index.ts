export type * from "./generated/types";
export * from "./generated/dynamicUsers";
export { usersFromFile } from "./dynamicUsersFromFile";
export type { UsersFromFileOptions } from "./usersFromFile";
