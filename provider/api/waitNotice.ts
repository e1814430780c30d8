import type { RateLimiter } from "./rateLimiter";
import type { Service } from "../core/service";
import { showText } from "../core/showText";

/** Calls that wait longer than this are told of, in milliseconds. */
const patienceMs = 5000;

/** Waits on behalf of a call: for its turn, or to send it again, since it got no answer for this reason. */
export type Waiting = (wait: Promise<void>, noAnswer?: string | number) => Promise<void>;

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
  const tell = (noAnswer: string | number | undefined): void => {
    if (Date.now() - toldAt < patienceMs) return;
    toldAt = Date.now();
    if (noAnswer !== undefined) {
      notice(`${service.name}: the service does not answer (${showText(String(noAnswer))}); trying again`);
      return;
    }
    const rate = rateLimiter.rate();
    const pace = Number.isFinite(rate) ? `, now ${rate.toFixed(1)} calls per second` : "";
    const calls = waitingCalls === 1 ? "1 call waits" : `${waitingCalls} calls wait`;
    notice(`${service.name}: ${calls} for the account's call rate${pace}; nothing is lost`);
  };
  return async (work) => {
    let isWaiting = false;
    let reason: string | number | undefined;
    const timer = setInterval(() => isWaiting && tell(reason), patienceMs);
    const waiting: Waiting = (wait, noAnswer) => {
      waitingCalls++;
      isWaiting = true;
      reason = noAnswer;
      return wait.finally(() => {
        waitingCalls--;
        isWaiting = false;
      });
    };
    return work(waiting).finally(() => clearInterval(timer));
  };
}
