export type * from "./bastionhostUser";
export type * from "./eiamUser";
export type * from "./ramUser";
