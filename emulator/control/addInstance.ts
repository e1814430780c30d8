import { z } from "zod";
import type { Cloud } from "../cloud";
import type { InstanceForm, Product } from "../product/product";
import { productName, productNamed, type Products } from "../products";

type NewInstanceOf<Each> =
  Each extends Product<infer Name, infer _State, infer _Snapshot, infer Form>
    ? NewInstanceOfForm<Name, Form>
    : never;
type NewInstanceOfForm<Name, Form extends InstanceForm> = [Form] extends [never]
  ? never
  : { product: Name } & z.input<Form>;

/** An instance to add, as it is asked for; for the products that have instances. */
export type NewInstance = { [Key in keyof Products]: NewInstanceOf<Products[Key]> }[keyof Products];

const ofProduct = z.looseObject({
  product: productName
    .transform(productNamed)
    .refine(({ instances }) => instances !== undefined, "the product has no instances"),
});

/** Adds an instance to a running emulator. Says under which id, and whether: it is not added where the id exists. */
export function addInstance(cloud: Cloud, body: unknown): { instanceId: string; isAdded: boolean } {
  const { product, ...rest } = ofProduct.parse(body);
  const { form, add } = product.instances!;
  const wanted = form.parse(rest);
  return {
    instanceId: wanted.instanceId,
    isAdded: add(cloud.worldOf(product, "").state, wanted, cloud.settings.ids),
  };
}
