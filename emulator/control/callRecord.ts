import type { WireParams } from "../product/wireParams";

/** One call that reached the emulator. */
export interface RecordedCall {
  /** When it came, in ISO 8601. */
  at: string;
  /** `Unknown` where the version is that of no emulated API. */
  product: string;
  action: string;
  /** The assumed role whose key signed it, as `role/session`. */
  role?: string;
  /** The business parameters in their wire form, secrets as `***`. */
  params: Record<string, string>;
  /** The HTTP status of the answer; 0 where a fault kept the answer from arriving whole. */
  status: number;
  /** The vendor's code of a refusal; absent on success. `Dropped`, `Reset` or `Cut` where the status is 0. */
  code?: string | undefined;
}

/** What was received since the start, or since it was last forgotten. */
export interface CallLog {
  total: number;
  byAction: Record<string, number>;
  calls: RecordedCall[];
}

/** The memory of received calls. */
export interface CallRecord {
  record(call: RecordedCall): void;
  log(): CallLog;
  forget(): void;
}

const secretName = /(^|\.)(New|Old)?(Password|\w*Secret|Signature|SecurityToken|OIDCToken)$/i;

/** Makes an empty memory; it keeps so many of the newest calls and counts all. */
export function createCallRecord(kept = 100_000): CallRecord {
  let calls: RecordedCall[] = [];
  let counts = new Map<string, number>();
  return {
    record(call) {
      const name = `${call.product}.${call.action}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      calls.push({ ...call, params: masked(call.params) });
      if (calls.length > 2 * kept) calls = calls.slice(-kept);
    },
    log() {
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      return { total, byAction: Object.fromEntries(counts), calls: calls.slice(-kept) };
    },
    forget() {
      calls = [];
      counts = new Map();
    },
  };
}

function masked(params: WireParams): Record<string, string> {
  const entries = Object.entries(params);
  return Object.fromEntries(entries.map(([name, value]) => [name, secretName.test(name) ? "***" : value]));
}
