// Runs the program of the working folder, index.ts, each time that the engine asks for it.
// Sends the port of its language host to the process that forked it, and ends with the channel to that.
import { readFileSync } from "node:fs";
import Module from "node:module";
import path from "node:path";
import grpc from "@grpc/grpc-js";
import { LanguageServer } from "@pulumi/pulumi/automation/server.js";
import language from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { transformSync } from "@swc/core";

const file = path.resolve("index.ts");

/** Runs the program as it is now, and resolves to its outputs. */
async function program() {
  const { code } = transformSync(readFileSync(file, "utf8"), {
    filename: file,
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
    sourceMaps: false,
  });
  const module = new Module(file);
  module.filename = file;
  module.paths = Module._nodeModulePaths(path.dirname(file));
  module._compile(code, file);
  return module.exports;
}

const server = new grpc.Server();
server.addService(language.LanguageRuntimeService, new LanguageServer(program));
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.send(port);
});
process.on("disconnect", () => process.exit());
