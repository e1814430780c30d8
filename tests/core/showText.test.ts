import { withSecrets } from "../../provider/core/secrets";
import { escapeText, showText, showValue } from "../../provider/core/showText";

describe("a text that others wrote", () => {
  test.each([
    ["a line break", "a\nb\r\n\tc", "a\\nb\\r\\n\\tc"],
    [
      "an escape sequence of a terminal",
      "\u001b[31mred\u009b0m\u0007\u0000",
      "\\u{1b}[31mred\\u{9b}0m\\u{7}\\u{0}",
    ],
    ["a delete and a C1 control", "\u007f\u0085", "\\u{7f}\\u{85}"],
    ["an override of the direction", "abc\u202etxt.exe", "abc\\u{202e}txt.exe"],
    ["isolates and marks of direction", "\u2066a\u2069\u200f\u061c", "\\u{2066}a\\u{2069}\\u{200f}\\u{61c}"],
    ["separators of lines and paragraphs", "a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c"],
    [
      "characters without width",
      "ad\u200bmin\u2060\u200c\u200d",
      "ad\\u{200b}min\\u{2060}\\u{200c}\\u{200d}",
    ],
    ["a byte order mark and a soft hyphen", "\ufeffro\u00adot", "\\u{feff}ro\\u{ad}ot"],
    ["half of a surrogate pair", "a\ud83db\udc00", "a\\u{d83d}b\\u{dc00}"],
    ["tag characters", "a\u{e0041}\u{e007f}", "a\\u{e0041}\\u{e007f}"],
    ["invisible letters", "\u3164\u115f\u034f", "\\u{3164}\\u{115f}\\u{34f}"],
    ["selectors that vary nothing", "a\ufe0f\u{e0100}", "a\\u{fe0f}\\u{e0100}"],
  ])("shows %s as its number", (_what, text, shown) => {
    expect(showText(text)).toBe(shown);
  });

  test.each(["\n::error::done", "::error file=x::done", "  ::set-output name=a::b", "ok\r\n::add-mask::b"])(
    "cannot forge a command of GitHub's runner, which begins a line: %j",
    (text) => expect(showText(text)).not.toMatch(/^\s*::/m),
  );

  test.each(["x ##[error]done", "##vso[task.setvariable variable=a]b", "a###[group]", "##teamcity[a]"])(
    "cannot forge a command that runners find anywhere in a line: %s",
    (text) => {
      expect(showText(text)).not.toMatch(/##\w*\[/);
      expect(showText(text).replaceAll("\\u{23}", "#")).toBe(text);
    },
  );

  test("cannot colour or cut what Pulumi prints", () => {
    expect(showText("<{%fg 1%}>red<{%")).toBe("\\u{3c}{%fg 1%}>red\\u{3c}{%");
  });

  test.each([
    "王小明（运维）",
    "山田 太郎",
    "葛\u{e0100}城", // A variant of a character, as in Japanese names.
    "김철수",
    "Zoë Müller-Núñez",
    "e\u0301 a\u0308 Å", // Combining marks.
    "Ελένη Жанна",
    "محمد علی",
    "می\u200cخواهم", // Persian writes a joiner within a word.
    "क\u094d\u200dष",
    "שלום",
    "👩\u200d💻 👨\u200d👩\u200d👧 👩🏽\u200d🚀 🏳\ufe0f\u200d🌈 ❤\ufe0f 1\ufe0f⃣",
    "a # b [c] ## d :: e < f {%",
    "C:\\new \\u0041 %0A",
  ])("stays as it is in any script: %s", (text) => {
    expect(showText(text)).toBe(text);
  });

  test("is cut after 500 characters, never within one, and tells how much is left out", () => {
    expect(showText("x".repeat(500))).toBe("x".repeat(500));
    expect(showText("x".repeat(1234))).toBe(`${"x".repeat(500)}… (734 more characters)`);
    expect(showText("x".repeat(499) + "😀😀")).toBe(`${"x".repeat(499)}… (4 more characters)`);
  });

  test("is not shown at all when nobody would read it", () => {
    expect(showText("x".repeat(10_001))).toBe("(10001 characters, not shown)");
  });

  test("comes without the secrets of the request, which are hidden before it is cut", () => {
    const text = `${"x".repeat(495)}Correct-Horse-7`;
    expect(withSecrets(["Correct-Horse-7"], () => showText(text))).toBe(
      `${"x".repeat(495)}[secr… (3 more characters)`,
    );
  });
});

test("a text that is escaped stays as it is", () => {
  const text = "a\n\u202e##[error]::<{%\u001b";
  expect(escapeText(escapeText(text))).toBe(escapeText(text));
});

describe("a value", () => {
  test("is shown as JSON, fit for a terminal", () => {
    expect(showValue({ a: ["\u202e", "\n", "王"] })).toBe('{"a":["\\u{202e}","\\n","王"]}');
  });

  test("that is a secret of the request is shown as nothing but that", () => {
    const show = () => [showValue("bob"), showValue(["Correct"]), showValue("Correct")];
    expect(withSecrets([{ a: ["Correct", "bob"] }], show)).toEqual(["[secret]", '["[secret]"]', "[secret]"]);
  });
});
