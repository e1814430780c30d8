import { z } from "zod";
import * as emulated from "./emulated";
import type { Product } from "./product/product";

/** The type of the emulated products, by their names in a snapshot. */
export type Products = typeof emulated;

/** The name of an emulated product on the control routes. */
export type ProductName = Products[keyof Products]["name"];

/** The name of an emulated product that holds users. */
export type UserProductName = Exclude<ProductName, "Sts">;

/** The emulated products by their names in a snapshot. */
export const products: Readonly<Record<keyof Products, Product<ProductName>>> = emulated;

/** The names that products have on the control routes. */
export const productName = z.enum(Object.values(products).map(({ name }) => name));

/** The product of that name on the control routes. */
export function productNamed(name: ProductName): Product<ProductName> {
  return Object.values(products).find((product) => product.name === name)!;
}
