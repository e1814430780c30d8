import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { ResourceInitFailed } from "../core/fault";
import { escapeText } from "../core/showText";
import type { ResourceState } from "../core/state";

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
  halfDoneOf: (state: ResourceState) => HalfDone,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ResourceInitFailed") throw error;
    const { state } = error as ResourceInitFailed;
    throw initFailed(error.message, state.id, halfDoneOf(state));
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
