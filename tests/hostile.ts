import fc from "fast-check";

/** Names that every object inherits, and one that no object can hold like any other. */
export const inheritedNames = ["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__"];

/** Texts that somebody may have chosen to do harm: halves of characters, controls, names of JavaScript, markup, JSON. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    maxLength: 6,
  }),
  fc.constantFrom(
    ...inheritedNames,
    "",
    " ",
    "null",
    "[]",
    "{}",
    '["',
    "[[[[",
    "\0",
    "\ud800",
    "\u202e",
    "\x9b31m",
  ),
  fc.constantFrom("::error::", "<script>", "a".repeat(5000), "-1", "1e999", "NaN", "0x10", "9".repeat(40)),
);

/** Any value that JSON can hold, with hostile texts and keys. */
export const hostileValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER),
    hostileText,
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(hostileText, tie("value")), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).value;

/** What no message may hold: words of a JavaScript error, or of a function that was taken for a value. */
export const crashWords =
  /native code|is not a function|is not iterable|Cannot (read|convert|set)|of undefined|of null|call stack|\[object |circular|BigInt|Invalid time value|not valid JSON/i;

/** How often a property is tried: a little in `npm test`, more where HOSTILE_RUNS says so. The seed stands in the failure. */
export const runs = (usual: number): { numRuns: number } => ({
  numRuns: Math.ceil(Number(process.env.HOSTILE_RUNS ?? 1) * usual),
});
