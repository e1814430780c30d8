// TypeScript, loaded with its first member.
module.exports = new Proxy(
  {},
  { get: (_target, name) => (name === "__esModule" ? true : require("typescript")[name]) },
);
