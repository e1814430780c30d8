import { z } from "zod";
import type { Cloud } from "../cloud";
import { productName, productNamed } from "../products";

const actionSchema = z
  .strictObject({
    product: productName,
    action: z.string(),
    params: z.record(z.string(), z.string()).default({}),
  })
  .refine(({ product, action }) => Object.hasOwn(productNamed(product).actions, action), {
    path: ["action"],
    message: "the product has no such action",
  });

/** An action of an API, with its wire parameters. */
export type ActionSpec = z.input<typeof actionSchema>;

/**
 * Carries out an action without a signature, as an administrator does in the console: it is not in the record of calls,
 * and no fault, latency or rate applies. Returns the body of the answer; throws an `ApiError` where the API refuses.
 */
export function runAction(cloud: Cloud, body: unknown): object {
  const { product: name, action, params } = actionSchema.parse(body);
  const product = productNamed(name);
  const rules = { refuse: product.refuse, unknownParameters: "refuse" } as const;
  return product.actions[action]!.prepare(cloud.worldOf(product, ""), params, rules).run();
}
