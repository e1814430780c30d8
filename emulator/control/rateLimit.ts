/** Counts calls against a rate, apart for each product. */
export interface RateLimit {
  /** Says whether one more call fits in, and counts it if so. */
  admits(product: string, callsPerSecond: number | undefined): boolean;
  /** Grants every product its full allowance again. */
  refill(): void;
}

interface Bucket {
  calls: number;
  filledAt: number;
}

/** Makes a token bucket for each product, as large as its rate. */
export function createRateLimit(clock: () => number = () => performance.now()): RateLimit {
  const buckets = new Map<string, Bucket>();
  return {
    admits(product, callsPerSecond) {
      if (callsPerSecond === undefined) return true;
      const bucket = refilled(buckets.get(product), callsPerSecond, clock());
      buckets.set(product, bucket);
      if (bucket.calls < 1) return false;
      bucket.calls -= 1;
      return true;
    },
    refill: () => buckets.clear(),
  };
}

function refilled(bucket: Bucket | undefined, rate: number, now: number): Bucket {
  const most = Math.max(1, rate);
  if (!bucket) return { calls: most, filledAt: now };
  const calls = bucket.calls + ((now - bucket.filledAt) / 1000) * rate;
  return { calls: Math.min(most, calls), filledAt: now };
}
