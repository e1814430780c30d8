import { z } from "zod";
import type { WireParams } from "../product/wireParams";
import { productName, productNamed, products } from "../products";
import { type FaultField, type FaultKind, type FaultKindName, faultKinds } from "./faultKinds";

const milliseconds = z.number().int().nonnegative();
const kindNames = Object.keys(faultKinds) as [FaultKindName, ...FaultKindName[]];

const faultParts = z.strictObject({
  product: z.union([productName, z.literal("*")]).default("*"),
  action: z.string().min(1).default("*"),
  /** The wire parameters that a call must carry, with these values: `{ UserName: "alice" }`. */
  params: z.record(z.string(), z.string()).default({}),
  /** How many matching calls pass before the first one that the fault hits. */
  skip: z.number().int().nonnegative().default(0),
  /** How many calls it hits. */
  times: z.number().int().positive().default(1),
  kind: z.enum(kindNames),
  /** Whether the call does its work before the fault; each kind has its own default. */
  done: z.boolean().optional(),
  /** The HTTP status of the answer. */
  status: z.number().int().min(200).max(599).optional(),
  /** The vendor's code, in place of the kind's own. */
  code: z.string().optional(),
  message: z.string().optional(),
  /** The text of the answer, for the kinds `html` and `body`. */
  body: z.string().optional(),
  /** Further headers of the answer, such as `retry-after`. */
  headers: z.record(z.string(), z.string()).optional(),
  /** How long the answer is held back. */
  delayMs: milliseconds.max(600_000).optional(),
  /** The value of the header `x-acs-retry-after`. */
  retryAfterMs: milliseconds.optional(),
  /** How long an outage refuses connections. */
  downMs: milliseconds.max(600_000).optional(),
});

type FaultParts = z.output<typeof faultParts>;

/** A fault for the next calls of an action; docs/emulator.md has a table of the kinds. */
export const faultSchema = faultParts
  .superRefine(refuseForeignFields)
  .refine((fault) => fault.kind !== "delay" || fault.delayMs !== undefined, {
    path: ["delayMs"],
    message: "a delay needs delayMs",
  })
  .refine(isKnownAction, { path: ["action"], message: "the product has no such action" })
  .refine(hasItems, { path: ["action"], message: "an itemError needs an action that judges its items" });

/** A fault as it waits in line. */
export type Fault = z.output<typeof faultSchema>;
/** A fault as a test asks for it. */
export type FaultSpec = z.input<typeof faultSchema>;

/** The faults that wait for calls. */
export interface Faults {
  add(fault: Fault): void;
  /** The fault that hits this call, if any; the one added first comes first. */
  take(product: string, action: string, params: WireParams): Fault | undefined;
  /** The faults that still wait, each with the calls it has yet to skip and to hit. */
  waiting(): readonly Fault[];
  clear(): void;
}

/** Makes an empty line of faults. */
export function createFaults(): Faults {
  let waiting: Fault[] = [];
  return {
    add: (fault) => void waiting.push({ ...fault }),
    take(product, action, params) {
      const matching = waiting.filter(
        (each) =>
          matches(each.product, product) && matches(each.action, action) && hasParams(params, each.params),
      );
      const fault = matching.find(({ skip }) => skip === 0);
      matching.filter((each) => each.skip > 0).forEach((each) => (each.skip -= 1));
      if (!fault) return undefined;
      fault.times -= 1;
      waiting = waiting.filter((each) => each.times > 0);
      return fault;
    },
    waiting: () => waiting,
    clear: () => void (waiting = []),
  };
}

function matches(wanted: string, name: string): boolean {
  return wanted === "*" || wanted === name;
}

const particular: readonly FaultField[] = [
  ...(["done", "status", "code", "message"] as const),
  ...(["body", "headers", "retryAfterMs", "downMs"] as const),
];

function refuseForeignFields(fault: FaultParts, context: z.RefinementCtx): void {
  const { takes }: FaultKind = faultKinds[fault.kind];
  for (const field of particular.filter((name) => fault[name] !== undefined && !takes.includes(name))) {
    const message = `a fault of kind ${fault.kind} takes no ${field}`;
    context.addIssue({ code: "custom", path: [field], message });
  }
}

function actionsOf({ product, action }: FaultParts) {
  const asked = product === "*" ? Object.values(products) : [productNamed(product)];
  return asked.flatMap(({ actions }) => (Object.hasOwn(actions, action) ? [actions[action]!] : []));
}

function hasParams(params: WireParams, wanted: WireParams): boolean {
  return Object.entries(wanted).every(([name, value]) => params[name] === value);
}

function isKnownAction(fault: FaultParts): boolean {
  return fault.action === "*" || actionsOf(fault).length > 0;
}

function hasItems(fault: FaultParts): boolean {
  return fault.kind !== "itemError" || actionsOf(fault).some(({ judgesItems }) => judgesItems);
}
