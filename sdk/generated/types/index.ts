// Made by `npm run generate`.
export type * from "./ramUser";
export type * from "./bastionhostUser";
export type * from "./eiamUser";
