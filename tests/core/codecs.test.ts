import fc from "fast-check";
import { isSame, jsonList, listOf } from "../../provider/core/values";
import { isUnknown, unknownValue } from "../../provider/core/unknown";

describe("a list is read", () => {
  test.each<[string, unknown, unknown[]]>([
    ["as it is", ["sms"], ["sms"]],
    ["from JSON text", '["sms"]', ["sms"]],
    ["from a list of JSON texts, as the page's sample shows it", ['[\n "sms"\n]'], ["sms"]],
    ["from JSON text in JSON text", '["[\\"sms\\"]"]', ["sms"]],
    ["from several parts", ["sms", '["email", "totp"]'], ["sms", "email", "totp"]],
    ["from one plain text", "sms", ["sms"]],
    ["from a text that only looks like JSON", "[sms", ["[sms"]],
    ["from nothing", undefined, []],
    ["from null", null, []],
    ["from an empty text", "", []],
    ["from an empty JSON list", "[]", []],
  ])("%s", (_how, value, list) => {
    expect(listOf(value)).toEqual(list);
  });

  test("back from its JSON text whatever texts it holds, but for those that look like lists", () => {
    const plain = fc.string().filter((text) => !text.trimStart().startsWith("["));
    fc.assert(fc.property(fc.array(plain), (list) => expect(listOf(jsonList(list))).toEqual(list)));
  });
});

describe("two values are the same", () => {
  const nothings = [undefined, null, ""];

  test("when both say that there is nothing, in whatever way", () => {
    for (const a of nothings) for (const b of nothings) expect(isSame(a, b)).toBe(true);
  });

  test("when they are equal at every depth, keys in any order", () => {
    expect(isSame({ a: [1, { b: "x" }], c: 1 }, { c: 1, a: [1, { b: "x" }] })).toBe(true);
  });

  test.each<[unknown, unknown]>([
    [false, undefined],
    [0, ""],
    [[], undefined],
    [{}, null],
    ["1", 1],
    [
      ["a", "b"],
      ["b", "a"],
    ],
    [true, "true"],
  ])("but not %j and %j", (a, b) => {
    expect(isSame(a, b)).toBe(false);
    expect(isSame(b, a)).toBe(false);
  });
});

test("a value is unknown when it is, or holds, the engine's mark at any depth", () => {
  expect([unknownValue, [unknownValue], { a: { b: [unknownValue] } }].every(isUnknown)).toBe(true);
  expect([undefined, null, "", 0, [], {}, { a: ["b"] }, `x${unknownValue}`].some(isUnknown)).toBe(false);
});
