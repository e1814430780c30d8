import { z } from "zod";
import type { Ids } from "./product/ids";
import type { Product } from "./product/product";
import { type Products, products } from "./products";

type Key = keyof Products;

type Seed<Name extends Key> = z.input<Products[Name]["snapshot"]>;

/** The whole account as plain JSON. */
export type Snapshot = { [Name in Key]: z.output<Products[Name]["snapshot"]> };
/** Products whose snapshot has a default; one from before they were emulated still loads. */
type Optional = { [Name in Key]: undefined extends Seed<Name> ? Name : never }[Key];

/** A snapshot as it may be written by hand: what has a default may be left out. */
export type SnapshotSeed = { [Name in Exclude<Key, Optional>]: Seed<Name> } & {
  [Name in Optional]?: Seed<Name>;
};

/** The form of a snapshot; passwords are in it as SHA-256 digests only. */
export const snapshotSchema = z.strictObject(ofEach((product) => product.snapshot)) as unknown as z.ZodType<
  Snapshot,
  SnapshotSeed
>;

/** The state of each product, in memory. */
export type States = ReadonlyMap<Product, unknown>;

/** What a new emulator holds: no users, one bastion host and one IDaaS instance. */
export function firstSnapshot(ids: Ids): Snapshot {
  return ofEach((product) => product.seed(ids)) as Snapshot;
}

/** Builds the states of a snapshot. */
export function load(snapshot: Snapshot): States {
  const keys = Object.keys(products) as Key[];
  return new Map(keys.map((key) => [products[key], products[key].load(snapshot[key])]));
}

/** The states as plain JSON. */
export function save(states: States): Snapshot {
  return ofEach((product) => product.save(states.get(product))) as Snapshot;
}

function ofEach<Part>(part: (product: Product) => Part): Record<string, Part> {
  return Object.fromEntries(Object.entries(products).map(([key, product]) => [key, part(product)]));
}
