import fc from "fast-check";
import { hideSecrets, withSecrets } from "../../provider/core/secrets";

const secret = `p@ss"w ö/+&'<1>\\%\u{1f600}`;

/** Each character as a gateway may spell it. */
const spelled = (spell: (character: string) => string) => [...secret].map(spell).join("");
const code = (character: string) => character.codePointAt(0) as number;
const strictPercent = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${code(mark).toString(16).toUpperCase()}`);
const form = (text: string) => new URLSearchParams({ "": text }).toString().slice(1);
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const named: Record<string, string> = { '"': "quot", "&": "amp", "'": "apos", "<": "lt", ">": "gt" };
const html = (text: string) => text.replace(/["&'<>]/g, (character) => `&${named[character]};`);
const latin1 = (text: string) => html(text).replace("ö", "&ouml;");

const spellings: Record<string, string> = {
  plain: secret,
  "percent-encoded as URIs": encodeURIComponent(secret),
  "percent-encoded by RFC 3986": strictPercent(secret),
  "percent-encoded in lower case": strictPercent(secret).toLowerCase(),
  "percent-encoded in every character": spelled((each) =>
    [...Buffer.from(each)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  ),
  "percent-encoded twice": strictPercent(strictPercent(secret)),
  "percent-encoded three times": strictPercent(strictPercent(strictPercent(secret))),
  "form data": form(secret),
  "form data twice": form(form(secret)),
  JSON: json(secret),
  "JSON in JSON": json(json(secret)),
  "JSON with slashes escaped": json(secret).replaceAll("/", "\\/"),
  "JSON in numbers": Array.from(
    { length: secret.length },
    (_, unit) => `\\u${secret.charCodeAt(unit).toString(16).padStart(4, "0")}`,
  ).join(""),
  "named entities": html(secret),
  "named entities of Latin 1": latin1(secret),
  "decimal entities": spelled((each) => `&#${code(each)};`),
  "decimal entities with zeros": spelled((each) => (code(each) < 128 ? `&#0${code(each)};` : each)),
  "hexadecimal entities": spelled((each) => `&#x${code(each).toString(16)};`),
  "hexadecimal entities in capitals": spelled((each) => `&#X${code(each).toString(16).toUpperCase()};`),
  "entities in percent-encoding": strictPercent(html(secret)),
  "entities in JSON": json(html(secret)),
  "percent-encoding in JSON in form data": form(json(strictPercent(secret))),
  base64: Buffer.from(secret).toString("base64"),
  "base64 for URLs": Buffer.from(secret).toString("base64url"),
  "base64 of a pair": Buffer.from(`bob:${secret}`).toString("base64"),
  "other letter cases": secret.toUpperCase(),
};

const hidden = (text: string, ...secrets: unknown[]) => withSecrets(secrets, () => hideSecrets(text));

describe("a secret in a text of the API", () => {
  test.each(Object.entries(spellings))("is hidden when it is %s", (_how, spelling) => {
    expect(hidden(`The value "${spelling}" is bad.`, secret)).toBe('The value "[secret]" is bad.');
    expect(hidden(`Password=${spelling}&Name=x`, secret)).toBe("Password=[secret]&Name=x");
  });

  test("is hidden as often as it stands there, in any mixture of spellings", () => {
    const text = `${secret} and ${json(secret)}, ${form(secret)}`;
    expect(hidden(text, secret)).toBe("[secret] and [secret], [secret]");
  });

  test("is found at any depth of a list or an object, and as a number", () => {
    const values = { fields: [{ name: "nick", value: "Correct-Horse" }], until: 1767225600, on: true };
    expect(hidden("true nick Correct-Horse 1767225600", values)).toBe("true [secret] [secret] [secret]");
  });

  test("is hidden without the white space around it", () => {
    expect(hidden("Bad: Horse", "  Horse\n")).toBe("Bad: [secret]");
  });

  test("is hidden whole where two of them overlap", () => {
    expect(hidden("Correct-Horse-Battery", "Correct-Horse", "Horse-Battery")).toBe("[secret]");
  });

  test("hides nothing else: not what surrounds it, not what only resembles it", () => {
    const text = "100%25 of a+b, \\n &amp; &bogus; %zz SGVsbG8gd29ybGQ= stay";
    expect(hidden(text, secret)).toBe(text);
  });

  test("is hidden whatever it is, in every encoding", () => {
    const long = fc
      .string({ unit: "grapheme", minLength: 4, maxLength: 40 })
      .filter((text) => [...text.trim()].length > 3);
    fc.assert(
      fc.property(long, fc.constantFrom(String, strictPercent, form, json, html), (text, encode) => {
        expect(hidden(`(${encode(text.trim())})`, text)).toBe("([secret])");
      }),
    );
  });
});

describe("a secret of up to three characters", () => {
  test("hides the whole text where it is a word of its own, since what is left would tell it", () => {
    for (const text of ["The password ab is weak.", "Password=ab", 'The value "a&#98;"', "%61b"])
      expect(hidden(text, "ab")).toBe("[secret]");
  });

  test("leaves a text alone in which its characters stand by chance", () => {
    const text = "The database is unavailable; about 12 tables are lost.";
    expect(hidden(text, "ab", "a", "1", "le")).toBe(text);
  });
});

describe("a signature", () => {
  test.each([
    "OLeaidS1JvxuMvnyHOwuJ+uX5qY=",
    "OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D",
    "OLeaidS1JvxuMvnyHOwuJ%252BuX5qY%253D",
  ])("is hidden in every text: %s", (signature) =>
    expect(hideSecrets(`Signature=${signature} is wrong`)).toBe("Signature=[secret] is wrong"),
  );
});

describe("the secrets of a request", () => {
  const later = () => new Promise((resolve) => setImmediate(resolve));

  test("are hidden through all that it awaits, and in no request beside it", async () => {
    const text = "Correct-Horse Battery-Staple";
    const ask = (secret: string) =>
      withSecrets([secret], async () => {
        await later();
        return hideSecrets(text);
      });
    expect(await Promise.all([ask("Correct-Horse"), ask("Battery-Staple")])).toEqual([
      "[secret] Battery-Staple",
      "Correct-Horse [secret]",
    ]);
    expect(hideSecrets(text)).toBe(text);
  });

  test("are joined by those of a call within it", () => {
    expect(hidden("Horse", "Horse")).toBe("[secret]");
    withSecrets(["Correct"], () => expect(hidden("Correct-Horse", "Horse")).toBe("[secret]-[secret]"));
  });

  test("may be none", () => {
    expect(hidden("as it is", undefined, null, "", {}, [])).toBe("as it is");
  });
});
