import * as fc from "fast-check";
import type { Values } from "./userModel";

/** Texts that are easily signed, split or encoded wrongly, and any others. */
export function texts(maxLength: number): fc.Arbitrary<string> {
  const awkward = ["Ann", "O'Brien (测试)*~!", "a b+c%20&d=e", "[1]", '{"a":"b"}', "null"];
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...awkward) },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength }) },
  );
}

/** A change of one attribute, or with this weight its removal. */
export function one(name: string, values: fc.Arbitrary<unknown>, removed = 1): fc.Arbitrary<Values> {
  const value = fc.oneof(
    { weight: 3, arbitrary: values },
    { weight: removed, arbitrary: fc.constant(undefined) },
  );
  return value.map((chosen) => ({ [name]: chosen }));
}

/** One to three of these changes at once. */
export function some(...changes: readonly fc.Arbitrary<Values>[]): fc.Arbitrary<Values> {
  const several = fc.array(fc.oneof(...changes), { minLength: 1, maxLength: 3 });
  return several.map((chosen) => Object.assign({}, ...chosen) as Values);
}
