import type { Send } from "../../api/client";
import type { Product } from "../../api/products";

/** A sender that can only read, and how many calls it has sent. */
export interface ReadOnlySender {
  send: Send;
  /** Calls that went out; a call that was asked for again is not counted again. */
  reads(): number;
}

/**
 * Lets the product's own Get and List through and throws on every other action. Each call is sent once in a run and its
 * answer, or its fault, is shared: a report shows the account at one time.
 */
export function readOnly({ name, get, list }: Product, send: Send): ReadOnlySender {
  const allowed = [get.action, list.action];
  const answers = new Map<string, ReturnType<Send>>();
  return {
    async send(call) {
      if (!allowed.includes(call.action))
        throw new Error(
          `This client only reads ${name}: it sends ${allowed.join(" and ")}, not ${call.action}.`,
        );
      const key = JSON.stringify(call);
      const answer = answers.get(key) ?? send(call);
      answers.set(key, answer);
      return answer;
    },
    reads: () => answers.size,
  };
}
