import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { escapeText } from "../core/showText";

/** An error as the engine understands it: one sentence, without a stack. */
export function grpcFault(error: unknown): Partial<grpc.StatusObject> {
  const details = escapeText(error instanceof Error ? error.message : String(error));
  return { code: grpc.status.UNKNOWN, details };
}

/** The error of a user that was made or changed, but not to the end: the engine records what it holds. */
export function halfDone(
  reason: string,
  user: { id: string; outputs: Struct; inputs: Struct },
): Partial<grpc.StatusObject> {
  const message = escapeText(reason);
  const detail = new ErrorResourceInitFailed()
    .setId(user.id)
    .setProperties(user.outputs)
    .setInputs(user.inputs)
    .setReasonsList([message])
    .setRefreshBeforeUpdate(true);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status().setCode(grpc.status.UNKNOWN).setMessage(message).setDetailsList([any]);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}
