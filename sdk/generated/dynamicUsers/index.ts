// Made by `npm run generate`.
export * from "./ramUser";
export * from "./bastionhostUser";
export * from "./eiamUser";
