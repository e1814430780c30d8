import type { Service } from "../core/service";
import type { Wire } from "../core/wire";
import type { Clock } from "./clock";
import { ApiFault, cancelled } from "./fault";
import type { RateLimiter } from "./rateLimiter";
import { askedWait, retryAfter, triedFor } from "./retry";
import type { Waiting } from "./waitNotice";

/** The actions that change nothing. */
const onlyReads = /^(Get|List|AssumeRole)/;

interface RepeaterOptions {
  service: Service;
  rateLimiter: RateLimiter;
  /** How long a call is repeated, in milliseconds. */
  retryTimeoutMs: number;
  clock: Clock;
  /** Ends all waits. */
  cancel?: AbortSignal | undefined;
}

/** A call that is sent until it is answered. */
interface RepeatedCall {
  action: string;
  /** Whether it may be carried out twice without harm. */
  repeatable: boolean;
  waiting: Waiting;
  /** A sentence to add to the fault that the call ends with. */
  advise: (fault: ApiFault) => string | undefined;
}

/** Makes attempts of a call until one is answered, or until it is safe or useful no more. */
type Repeat = (attempt: () => Promise<Wire>, call: RepeatedCall) => Promise<Wire>;

/** Repeats the calls to one endpoint. */
export function createRepeater(options: RepeaterOptions): Repeat {
  const { service, rateLimiter, clock, retryTimeoutMs: deadlineMs, cancel } = options;
  // Whether a read was given up and no call was answered since: a thousand reads need not wait for what one has waited for.
  let isDown = false;

  return async (attempt, { action, repeatable, waiting, advise }) => {
    const wait: Waiting = (end, noAnswer) =>
      unlessCancelled(waiting(end, noAnswer), cancel, () => cancelled(service, action));
    const reads = onlyReads.test(action);
    const began = clock.now();
    let lost: ApiFault | undefined;
    for (let number = 1; ; number++) {
      await wait(rateLimiter.acquire());
      try {
        const answer = await attempt();
        isDown = false;
        return answer;
      } catch (thrown) {
        if (!(thrown instanceof ApiFault)) throw thrown;
        // What comes after a lost answer does not undo what that call may have done.
        const fault = thrown.kind === "unreached" ? (lost ?? thrown) : thrown;
        const isAnswer = !["unavailable", "unreached"].includes(fault.kind);
        if (isAnswer) isDown = false;
        if (fault.kind === "unavailable") lost = fault;
        if (fault.kind === "throttled") rateLimiter.throttled(fault.retryAfterMs);
        const elapsedMs = clock.now() - began;
        const waitMs = retryAfter(fault, { number, elapsedMs, repeatable, reads, isDown, deadlineMs });
        if (waitMs === undefined) {
          isDown ||= reads && !isAnswer;
          const tried = triedFor(fault, number, elapsedMs);
          throw explained(fault, [tried, askedWait(fault, deadlineMs), advise(fault)]);
        }
        await wait(clock.sleep(waitMs), isAnswer ? undefined : (fault.status ?? fault.code));
      }
    }
  };
}

/** The fault with these sentences after its own. */
function explained(fault: ApiFault, sentences: readonly (string | undefined)[]): ApiFault {
  const message = [fault.message, ...sentences.filter(Boolean)].join(" ");
  return new ApiFault({ ...fault, message });
}

/** Waits, and stops waiting as soon as the run is cancelled. */
async function unlessCancelled(
  wait: Promise<void>,
  cancel: AbortSignal | undefined,
  fault: () => ApiFault,
): Promise<void> {
  if (!cancel) return wait;
  let stop = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(fault());
    if (cancel.aborted) stop();
    else cancel.addEventListener("abort", stop, { once: true });
  });
  try {
    await Promise.race([wait, aborted]);
    if (cancel.aborted) throw fault();
  } finally {
    cancel.removeEventListener("abort", stop);
  }
}
