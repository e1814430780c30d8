// Made by `npm run schema`.
export type * from "./ramUser";
export type * from "./bastionhostUser";
export type * from "./eiamUser";
