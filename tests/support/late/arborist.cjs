// Arborist, loaded with its first member.
module.exports = new Proxy(
  {},
  {
    // By its path, since its name stands for this file in jest.config.json.
    get: (_target, name) =>
      name === "__esModule" ? true : require("../../../node_modules/@npmcli/arborist")[name],
  },
);
