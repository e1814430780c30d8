import type { FaultSpec } from "../../../emulator";

/** What goes wrong with a call. */
export interface MatrixFault {
  name: string;
  /** What the client meets. */
  meaning: string;
  /** The emulator's fault; absent where no call reaches the API. */
  spec?: Omit<FaultSpec, "product" | "action" | "params" | "times">;
  /** The part of the message that names the fault. */
  says?: string;
}

/** The time after which the matrix' program gives an answer up. */
export const readTimeoutMs = 5000;

/** Everything that goes wrong in the matrix. */
export const matrixFaults = [
  { name: "none", meaning: "nothing goes wrong" },
  {
    name: "throttled",
    meaning: "400 `Throttling.User`",
    spec: { kind: "throttle" },
    says: "(Throttling.User",
  },
  {
    name: "500",
    meaning: "500 `InternalError`",
    spec: { kind: "error" },
    says: "(InternalError",
  },
  {
    name: "503",
    meaning: "503 `ServiceUnavailable`",
    spec: { kind: "unavailable" },
    says: "(ServiceUnavailable",
  },
  {
    name: "HTML",
    meaning: "502 with a page of HTML in place of the answer",
    spec: { kind: "html" },
    says: "something that is not",
  },
  {
    name: "junk",
    meaning: '200 with `{"error":"login required"}` in place of the answer',
    spec: { kind: "body", body: '{"error":"login required"}' },
    says: "something that is not",
  },
  {
    name: "refused",
    meaning: "the connection is refused",
    says: "could not be reached (ECONNREFUSED)",
  },
  {
    name: "reset",
    meaning: "the connection is reset before the call is carried out",
    spec: { kind: "reset" },
    says: "could not be reached (ECONNRESET)",
  },
  {
    name: "dropped",
    meaning: "the call is carried out, and the connection closes without an answer",
    spec: { kind: "drop" },
    says: "could not be reached (ECONNRESET)",
  },
  {
    name: "cut",
    meaning: "the call is carried out, and the answer ends in the middle",
    spec: { kind: "cut" },
    says: "could not be reached (ECONNRESET)",
  },
  {
    name: "timeout",
    meaning: "the call is carried out, and the answer comes too late (`alicloud:clientReadTimeout`)",
    spec: { kind: "delay", delayMs: 2 * readTimeoutMs },
    says: "could not be reached (Timeout)",
  },
  {
    name: "slow",
    meaning: "the answer takes long, but not too long",
    spec: { kind: "delay", delayMs: 300 },
  },
  {
    name: "denied",
    meaning: "403 `NoPermission`",
    spec: { kind: "denied" },
    says: "(NoPermission",
  },
  {
    name: "token",
    meaning: "400 `InvalidSecurityToken.Expired`",
    spec: { kind: "expiredToken" },
    says: "(InvalidSecurityToken.Expired",
  },
  {
    name: "clock",
    meaning: "400 `InvalidTimeStamp.Expired`: the machine's clock is wrong",
    spec: { kind: "clockSkew" },
    says: "(InvalidTimeStamp.Expired",
  },
  {
    name: "instance",
    meaning: "400 `Commodity.BizError.InvalidStatus`: the instance has expired",
    spec: { kind: "expiredInstance" },
    says: "(Commodity.BizError.InvalidStatus",
  },
  {
    name: "item",
    meaning: "200 in which the one item is refused",
    spec: { kind: "itemError", code: "OPERATION_DENIED" },
    says: "(OPERATION_DENIED",
  },
] as const satisfies readonly MatrixFault[];

/** The name of something that goes wrong. */
export type FaultName = (typeof matrixFaults)[number]["name"];
