import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { escapeText } from "../core/showText";
import type { Log } from "../lifecycle/report/report";

/**
 * A log into the engine that listens at this address. The engine passes its address to the dynamic-provider process;
 * console output would appear on the stack, not on the resource.
 */
export function createEngineLog(address: string | undefined): Log {
  if (address === undefined)
    return async (_severity, _urn, message) => void process.stderr.write(`${escapeText(message)}\n`);
  const client = new EngineClient(address, grpc.credentials.createInsecure());
  return (severity, urn, message) => {
    const request = new LogRequest();
    request.setSeverity(severity === "warning" ? LogSeverity.WARNING : LogSeverity.INFO);
    request.setUrn(urn ?? "");
    request.setMessage(escapeText(message));
    return new Promise((resolve) => client.log(request, () => resolve()));
  };
}
