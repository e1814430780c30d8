import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";

/** A value with the mark by which the engine encrypts it. */
export function secretValue(value: unknown): unknown {
  return { [specialSigKey]: specialSecretSig, value };
}
