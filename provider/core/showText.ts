/*
 * What is shown: every text of others is shown without the secrets of the running request, in one line, with control,
 * invisible and direction-changing characters escaped, at most 500 characters. Each request opens `withSecrets` (an
 * `AsyncLocalStorage`) with its secrets, and each call adds its access key; a fault then knows what to hide without a
 * parameter. `provider/core/decodings.ts` finds a secret in whichever encoding the API repeats it. Everything that goes to
 * the engine (log lines, errors, failures) passes `escapeText` once more as a whole.
 */
import { hideSecrets, secretMark } from "./secrets";

/** How much of one text is shown, in UTF-16 units. */
const longest = 500;
/** A text that is longer than this is not shown at all. */
const longestSearched = 10_000;

/**
 * A text that somebody else wrote (a name, a message of the API), fit for a terminal, a log or a report of a pipeline:
 * without the secrets of the running request, with `escapeText`, and of its first 500 characters.
 */
export function showText(text: string): string {
  if (text.length > longestSearched) return `(${text.length} characters, not shown)`;
  const hidden = hideSecrets(text);
  if (hidden.length <= longest) return escapeText(hidden);
  const shown = hidden.slice(0, longest).replace(/[\ud800-\udbff]$/, "");
  return `${escapeText(shown)}… (${hidden.length - shown.length} more characters)`;
}

/** A value as `showText` shows its JSON text; a secret as `[secret]`, without quotes, and no value as `(none)`. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return "(none)";
  const shown = showText(JSON.stringify(value));
  return shown === `"${secretMark}"` ? secretMark : shown;
}

/** Letters whose scripts join or part them with the two joiners. */
const joined =
  "\\p{Script=Arab}\\p{Script=Beng}\\p{Script=Deva}\\p{Script=Gujr}\\p{Script=Guru}\\p{Script=Khmr}\\p{Script=Knda}" +
  "\\p{Script=Mlym}\\p{Script=Orya}\\p{Script=Sinh}\\p{Script=Syrc}\\p{Script=Taml}\\p{Script=Telu}";

/** Invisible characters where they do their work: in a sequence of emoji, in a word, after the character that they vary. */
const harmless = [
  "(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})",
  `(?<=[${joined}])[\\u200c\\u200d](?=[${joined}])`,
  "(?<=[\\p{Extended_Pictographic}\\d#*])[\\ufe0e\\ufe0f]",
  "(?<=\\p{Script=Han})[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]",
];

/**
 * Controls, what turns the direction of a text, line and paragraph separators, invisible characters and halves of
 * pairs; besides, what starts a command of a pipeline in a line (`##[`, `##vso[`, at its beginning `::`), and a colour
 * of Pulumi's.
 */
const unfit = new RegExp(
  `(${harmless.join("|")})|[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]` +
    "|#(?=#\\w*\\[)|(?<=^\\s*):(?=:)|<(?=\\{%)",
  "gu",
);

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A text in one line, in which nothing is hidden or steers a terminal or a pipeline: such characters are written as
 * `\u{202e}`. What is written so already stays, and so does every script and emoji.
 */
export function escapeText(text: string): string {
  return text.replace(unfit, (character, kept: string | undefined) => {
    if (kept !== undefined) return kept;
    return named[character] ?? `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
  });
}
