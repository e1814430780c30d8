import type { Product } from "./action";
import { bastionhost } from "./bastionhost/bastionhost";
import type { ProductName } from "./control/settings";
import { eiam } from "./eiam/eiam";
import { ram } from "./ram/ram";

/** The emulated APIs by the names they have on the control routes. */
export const products: Readonly<Record<ProductName, Product>> = {
  Ram: ram,
  Bastionhost: bastionhost,
  Eiam: eiam,
};
