import { writeFile } from "node:fs/promises";
import { htmlFormat } from "./html/htmlFormat";
import { junitFormat } from "./junitFormat";
import { markdownFormat } from "./markdownFormat";
import { maskReport } from "./mask";
import type { Report } from "./report";
import { tableFormat } from "./tableFormat";

/** How a report is printed. */
interface Format {
  print: (report: Report, options: PrintOptions) => string;
  /** Whether it is made to be passed on, so that email addresses and telephone numbers are masked. */
  isPassedOn: boolean;
}

/** What people may set of the formats. */
export interface PrintOptions {
  /** Shows what is masked otherwise. */
  showValues: boolean;
  /** The longest Markdown, in characters. */
  maxChars: number;
}

/** The formats by name. */
export const formats: Readonly<Record<string, Format>> = {
  table: { print: tableFormat, isPassedOn: false },
  json: { print: (report) => `${JSON.stringify(report, null, 2)}\n`, isPassedOn: false },
  markdown: { print: (report, { maxChars }) => markdownFormat(report, maxChars), isPassedOn: true },
  junit: { print: junitFormat, isPassedOn: true },
  html: { print: htmlFormat, isPassedOn: true },
};

/** A format and the file it goes to; standard output without one. */
export interface Output {
  format: string;
  file: string | undefined;
}

/** Reads `FORMAT` or `FORMAT:FILE`. Throws a sentence for a format that there is not. */
export function outputOf(text: string): Output {
  const colon = text.indexOf(":");
  const format = colon < 0 ? text : text.slice(0, colon);
  if (!Object.hasOwn(formats, format))
    throw new Error(`There is no format "${format}". Choose from ${Object.keys(formats).join(", ")}.`);
  return { format, file: colon < 0 ? undefined : text.slice(colon + 1) };
}

/** Writes the report in each of these forms. */
export async function writeOutputs(
  report: Report,
  outputs: readonly Output[],
  options: PrintOptions,
): Promise<void> {
  for (const { format, file } of outputs) {
    const { print, isPassedOn } = formats[format] as Format;
    const text = print(isPassedOn && !options.showValues ? maskReport(report) : report, options);
    if (file === undefined) process.stdout.write(text);
    else await writeFile(file, text);
  }
}
