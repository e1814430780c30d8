import type { RateLimiter } from "./rateLimiter";
import type { Service } from "../core/service";

/** Calls that wait longer than this are told of, in milliseconds. */
const patienceMs = 5000;

/** Waits on behalf of a call. */
export type Waiting = (wait: Promise<void>) => Promise<void>;

/** Runs work that waits through the function it is given. */
type WithWaitNotice = <T>(work: (waiting: Waiting) => Promise<T>) => Promise<T>;

interface WaitNoticeOptions {
  service: Service;
  rateLimiter: RateLimiter;
  notice: (sentence: string) => void;
}

/** Tells when a call is held back for long, all its waits together; one sentence at a time for all calls. */
export function createWaitNotice({ service, rateLimiter, notice }: WaitNoticeOptions): WithWaitNotice {
  let toldAt = -Infinity;
  let waitingCalls = 0;
  const tell = (): void => {
    if (Date.now() - toldAt < patienceMs) return;
    toldAt = Date.now();
    const rate = rateLimiter.rate();
    const pace = Number.isFinite(rate) ? `, now ${rate.toFixed(1)} calls per second` : "";
    const calls = waitingCalls === 1 ? "1 call waits" : `${waitingCalls} calls wait`;
    notice(`${service.name}: ${calls} for the account's call rate${pace}; nothing is lost`);
  };
  return async (work) => {
    let isWaiting = false;
    const timer = setInterval(() => isWaiting && tell(), patienceMs);
    const waiting: Waiting = (wait) => {
      waitingCalls++;
      isWaiting = true;
      return wait.finally(() => {
        waitingCalls--;
        isWaiting = false;
      });
    };
    return work(waiting).finally(() => clearInterval(timer));
  };
}
