// Made by `npm run schema`.
export * from "./ramUser";
export * from "./bastionhostUser";
export * from "./eiamUser";
