import { z } from "zod";
import { products } from "../products";
import { productName } from "./settings";

const faultParts = z.strictObject({
  product: z.union([productName, z.literal("*")]).default("*"),
  action: z.string().min(1).default("*"),
  /** How many calls it befalls. */
  times: z.number().int().positive().default(1),
  kind: z.enum(["throttle", "error", "delay", "drop"]),
  code: z.string().optional(),
  status: z.number().int().min(400).max(599).optional(),
  message: z.string().optional(),
  delayMs: z.number().int().nonnegative().max(600_000).optional(),
  retryAfterMs: z.number().int().nonnegative().optional(),
});

/**
 * A fault for the next calls: `throttle` and `error` refuse them undone, `delay` does the work and answers late, `drop`
 * does the work and closes the connection without an answer.
 */
export const faultSchema = faultParts
  .refine((fault) => fault.kind !== "delay" || fault.delayMs !== undefined, {
    path: ["delayMs"],
    message: "a delay needs delayMs",
  })
  .refine(isKnownAction, { path: ["action"], message: "the product has no such action" });

/** A fault as it waits in line. */
export type Fault = z.output<typeof faultSchema>;
/** A fault as it is asked for. */
export type FaultSpec = z.input<typeof faultSchema>;

/** The faults that wait for calls. */
export interface Faults {
  add(fault: Fault): void;
  /** The fault that befalls this call, if any; the one asked for first comes first. */
  take(product: string, action: string): Fault | undefined;
  clear(): void;
}

/** Makes an empty line of faults. */
export function createFaults(): Faults {
  let waiting: Fault[] = [];
  return {
    add: (fault) => void waiting.push({ ...fault }),
    take(product, action) {
      const fault = waiting.find((each) => meets(each.product, product) && meets(each.action, action));
      if (!fault) return undefined;
      fault.times -= 1;
      waiting = waiting.filter((each) => each.times > 0);
      return fault;
    },
    clear: () => void (waiting = []),
  };
}

function meets(wanted: string, name: string): boolean {
  return wanted === "*" || wanted === name;
}

function isKnownAction({ product, action }: z.output<typeof faultParts>): boolean {
  if (action === "*") return true;
  const asked = product === "*" ? Object.values(products) : [products[product]];
  return asked.some(({ actions }) => Object.hasOwn(actions, action));
}
