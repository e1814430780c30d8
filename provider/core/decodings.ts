/** A text as a decoder reads it: each of its characters with the stretch of the original text that spells it. */
export interface Decoding {
  text: string;
  /** Where the stretch of each UTF-16 unit begins in the original. */
  starts: readonly number[];
  /** Where it ends. */
  ends: readonly number[];
}

/** A way of spelling characters: what a spelling looks like, and what it stands for (itself, where it stands for nothing). */
interface Encoding {
  spelling: RegExp;
  decode(spelling: string): string;
}

const percentSpelling =
  /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi;

const percent: Encoding = { spelling: percentSpelling, decode: decodePercent };

const form: Encoding = {
  spelling: new RegExp(`\\+|${percentSpelling.source}`, "gi"),
  decode: (spelling) => (spelling === "+" ? " " : decodePercent(spelling)),
};

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** The escapes of JSON, and those that only JavaScript has. */
const json: Encoding = {
  spelling: /\\(?:u[\da-f]{4}|u\{[\da-f]{1,6}\}|x[\da-f]{2}|["'\\/bfnrt])/gi,
  decode: ([, kind = "", ...digits]) => {
    if (digits.length === 0) return escapes[kind] ?? kind;
    return fromCode(digits.join("").replace(/[{}]/g, ""), 16);
  },
};

/** Named entities: those of XML, the punctuation of ASCII, and Latin 1 from U+00A0 on. */
const entities: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", excl: "!", num: "#", dollar: "$" }),
  ...Object.entries({ percnt: "%", lpar: "(", rpar: ")", ast: "*", plus: "+", comma: ",", period: "." }),
  ...Object.entries({ sol: "/", colon: ":", semi: ";", equals: "=", quest: "?", commat: "@", lsqb: "[" }),
  ...Object.entries({ bsol: "\\", rsqb: "]", Hat: "^", lowbar: "_", grave: "`", lcub: "{", verbar: "|" }),
  ...Object.entries({ rcub: "}", hyphen: "-", dash: "-", tilde: "~" }),
  ...(
    "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr " +
    "deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest " +
    "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml " +
    "ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig " +
    "agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml " +
    "eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml"
  )
    .split(" ")
    .map((name, index): [string, string] => [name, String.fromCharCode(0xa0 + index)]),
]);

const html: Encoding = {
  spelling: /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});/gi,
  decode: (spelling) => {
    const name = spelling.slice(1, -1);
    if (/^#x/i.test(name)) return fromCode(name.slice(2), 16);
    return name.startsWith("#") ? fromCode(name.slice(1), 10) : (entities.get(name) ?? spelling);
  },
};

const base64: Encoding = {
  spelling: /[a-z\d+/_-]{6,}={0,2}/gi,
  decode: (spelling) => {
    const text = Buffer.from(spelling, "base64").toString();
    return /[\p{Cc}\ufffd]/u.test(text) ? spelling : text;
  },
};

const encodings = [percent, form, json, html, base64];

/** How many encodings may lie one over another. */
const depth = 3;

/**
 * Every way to read a text as one in which some characters are percent-encoded (form data too), escaped as in JSON,
 * written as HTML entities or in base64, up to three of these one over another; the text itself comes first.
 */
export function decodingsOf(text: string): Decoding[] {
  const positions = Array.from({ length: text.length }, (_, index) => index);
  const itself = { text, starts: positions, ends: positions.map((index) => index + 1) };
  const seen = new Set([text]);
  const all: Decoding[] = [itself];
  let latest = all.slice();
  for (let level = 0; level < depth; level++) {
    latest = latest
      .flatMap((decoding) => encodings.map((encoding) => decode(decoding, encoding)))
      .filter((decoding) => !seen.has(decoding.text) && seen.add(decoding.text));
    all.push(...latest);
  }
  return all;
}

function decode({ text, starts, ends }: Decoding, encoding: Encoding): Decoding {
  const decoded = { text: "", starts: [] as number[], ends: [] as number[] };
  const add = (units: string, start: number, end: number): void => {
    decoded.text += units;
    for (let unit = 0; unit < units.length; unit++) {
      decoded.starts.push(start);
      decoded.ends.push(end);
    }
  };
  const copy = (from: number, to: number): void => {
    for (let index = from; index < to; index++)
      add(text[index] as string, starts[index] as number, ends[index] as number);
  };
  let done = 0;
  for (const { 0: spelling, index } of text.matchAll(encoding.spelling)) {
    copy(done, index);
    done = index + spelling.length;
    const meaning = encoding.decode(spelling);
    if (meaning === spelling) copy(index, done);
    else add(meaning, starts[index] as number, ends[done - 1] as number);
  }
  copy(done, text.length);
  return decoded;
}

function decodePercent(spelling: string): string {
  try {
    return decodeURIComponent(spelling);
  } catch {
    return spelling;
  }
}

function fromCode(digits: string, base: number): string {
  const code = Number.parseInt(digits, base);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}
