import type { Send } from "../../provider/api/client";
import type { DirectorySchema } from "../../provider/core/directorySchema";

/** A sender that can only read, and how many calls it has sent. */
export interface ReadOnlySender {
  send: Send;
  /** Calls that went out. */
  reads(): number;
}

/**
 * Lets the Get and the List of users through and throws on every other action. A page of the list is read once in a run
 * and shared, so that looking for unmanaged users costs no further calls; a Get goes out whenever it is asked.
 */
export function readOnly(schema: DirectorySchema, send: Send): ReadOnlySender {
  const { get, list } = schema.read;
  const pages = new Map<string, ReturnType<Send>>();
  let reads = 0;
  const count: Send = (call) => {
    reads++;
    return send(call);
  };
  return {
    async send(call) {
      if (call.action === get.action) return count(call);
      if (call.action !== list.action)
        throw new Error(
          `This client only reads ${schema.service}: it sends ${get.action} and ${list.action}, not ${call.action}.`,
        );
      const key = JSON.stringify(call.params);
      const page = pages.get(key) ?? count(call);
      pages.set(key, page);
      return page;
    },
    reads: () => reads,
  };
}
