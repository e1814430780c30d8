import { writeFile } from "node:fs/promises";
import type { Report } from "./report";
import { tableFormat } from "./tableFormat";

/** How a report may be printed. */
export type Format = (report: Report) => string;

/** The formats by name. */
export const formats: Readonly<Record<string, Format>> = {
  table: tableFormat,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
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
  if (!(format in formats))
    throw new Error(`There is no format "${format}". Choose from ${Object.keys(formats).join(", ")}.`);
  return { format, file: colon < 0 ? undefined : text.slice(colon + 1) };
}

/** Writes the report in each of these forms. */
export async function writeOutputs(report: Report, outputs: readonly Output[]): Promise<void> {
  for (const { format, file } of outputs) {
    const text = (formats[format] as Format)(report);
    if (file === undefined) process.stdout.write(text);
    else await writeFile(file, text);
  }
}
