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
