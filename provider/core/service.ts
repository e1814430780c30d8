import type { Wire } from "./wire";

/**
 * What went wrong, as far as a caller may act on it. `denied` means that the API did not accept the caller, `forbidden`
 * that the caller's policy lacks the action. `throttled` means that the call was not carried out, `unreached`
 * that it was not even sent, `unavailable` that nobody knows, and `tokenReused` that its idempotency token came with
 * other parameters before.
 */
export type FaultKind =
  | "notFound"
  | "conflict"
  | "tokenReused"
  | "throttled"
  | "denied"
  | "forbidden"
  | "invalid"
  | "unreached"
  | "unavailable"
  | "other";

/** An API: where it is, what its codes mean, how much it takes. */
export interface Service {
  name: string;
  version: string;
  endpoint: (region: string) => string;
  /** The parameter that carries the region, where the API wants one. */
  regionParameter?: string;
  /** The key under which `alicloud:endpoints` overrides the endpoint. */
  endpointKey: string;
  /** The prefix of its actions in a RAM policy. */
  policyPrefix: string;
  /** Where users are in instances: the codes that say that there is no such instance, and the console that lists them. */
  instance?: { codes: RegExp; console: string };
  /** Documented limit of calls per second and account. */
  callsPerSecond?: number;
  /** Code, kind, advice; the first match counts, before the codes that mean the same in every API. */
  faults: readonly (readonly [code: RegExp, kind: FaultKind, advice?: string])[];
  /** The code and message of a refusal that is in an answer which reports success. */
  errorInBody?: (answer: Wire) => { code: string; message: string } | undefined;
}

/** APIs by the name that a resource's `service` gives. */
export type Services = Readonly<Record<string, Service>>;
