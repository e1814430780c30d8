import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PartlyDone } from "../core/partlyDone";
import type { Values } from "../core/resource";
import { escapeText } from "../core/showText";

/** An error as the engine understands it: one sentence, without a stack. */
export function grpcFault(error: unknown): Partial<grpc.StatusObject> {
  const details = escapeText(error instanceof Error ? error.message : String(error));
  return { code: grpc.status.UNKNOWN, details };
}

/** What the engine records of a half-done user. */
interface HalfDone {
  outputs: Struct;
  inputs: Struct;
}

/** Runs a write. The engine records a user that was created or changed before it failed. */
export async function recordHalfDone<T>(
  write: () => Promise<T>,
  halfDoneOf: (id: string, outputs: Values) => HalfDone,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "PartlyDone") throw error;
    const { id, properties } = error as PartlyDone;
    throw initFailed(error.message, id, halfDoneOf(id, properties));
  }
}

function initFailed(reason: string, id: string, { outputs, inputs }: HalfDone): Partial<grpc.StatusObject> {
  const message = escapeText(reason);
  const detail = new ErrorResourceInitFailed()
    .setId(id)
    .setProperties(outputs)
    .setInputs(inputs)
    .setReasonsList([message])
    .setRefreshBeforeUpdate(true);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status().setCode(grpc.status.UNKNOWN).setMessage(message).setDetailsList([any]);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}
