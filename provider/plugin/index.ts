import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { endWithEngine } from "../engine/endWithEngine";
import { packageVersion } from "./packageSchema";
import { pluginService } from "./pluginService";

/**
 * Runs the provider plugin until the engine ends it: serves on a free port of loopback and prints that port, as the
 * engine expects it. The engine gives its own address as the last argument; a debugger attaches later.
 */
export async function runPlugin(args: readonly string[]): Promise<void> {
  const engine = args.filter((arg) => !arg.startsWith("-")).at(-1);
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(
    ResourceProviderService as unknown as grpc.ServiceDefinition,
    pluginService(engine, packageVersion),
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const stop = (): void => {
    server.forceShutdown();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  endWithEngine(stop);
  // From here on the engine may stop the process.
  process.stdout.write(`${port}\n`);
}
