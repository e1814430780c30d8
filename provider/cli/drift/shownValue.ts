/** A value in one line: JSON, "(none)" for nothing. Characters that move the cursor or turn the direction of text are escaped. */
export function shownValue(value: unknown): string {
  if (value === undefined || value === null) return "(none)";
  if (value === "[secret]") return "[secret]";
  return shownText(JSON.stringify(value));
}

/** A text in one line, its control and formatting characters escaped. */
export function shownText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0) as number;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
