import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startEmulatorProcess } from "./emulatorProcess";
import type { Bench } from "./onStack";
import { performancePage, withFigures } from "./performancePage";
import { type Figure, isMet, table, writeReport } from "./report";

/** What can be measured, by the names of its parts. */
export type Parts = Readonly<Record<string, (bench: Bench) => Promise<Figure[]>>>;

const options = {
  full: { type: "boolean" },
  only: { type: "string", multiple: true },
  json: { type: "string" },
  docs: { type: "boolean" },
  help: { type: "boolean" },
} as const;

const usageOf = (
  proof: string,
  parts: Parts,
): string => `npm run proof -- ${proof} [--full] [--only ${Object.keys(parts).join("|")}] [--json FILE] [--docs]
  --full   more users and more rounds
  --only   this part; can be given more than once
  --json   writes the figures, the machine and the date to a file
  --docs   puts the figures into the tables of docs/performance.md that are made for their parts
`;

/** Runs a proof that measures: prints the figures beside their bounds, and fails where a bound is missed. */
export async function measureParts(proof: string, parts: Parts): Promise<void> {
  try {
    const { values } = parseArgs({ options });
    if (values.help) return void process.stdout.write(usageOf(proof, parts));
    const wanted = values.only ?? Object.keys(parts);
    const stranger = wanted.find((part) => !(part in parts));
    if (stranger !== undefined) throw new Error(`There is no part "${stranger}".\n${usageOf(proof, parts)}`);
    const measured = await measure(wanted, parts, values.full ?? false);
    const figures = measured.flatMap(([, own]) => own);
    process.stdout.write(`${table(figures)}\n`);
    if (values.json) await writeReport(values.json, figures);
    if (values.docs) await writeDocs(measured);
    process.exitCode = figures.every(isMet) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

type Measured = [part: string, figures: Figure[]][];

async function measure(wanted: readonly string[], parts: Parts, full: boolean): Promise<Measured> {
  const emulator = await startEmulatorProcess();
  const bench = { emulator, full, progress: (line: string) => void process.stderr.write(`… ${line}\n`) };
  const measured: Measured = [];
  try {
    for (const part of wanted) measured.push([part, await parts[part]!(bench)]);
  } finally {
    await emulator.close();
  }
  return measured;
}

async function writeDocs(measured: Measured): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  let page = await readFile(performancePage, "utf8");
  for (const [part, figures] of measured) page = withFigures(page, part, figures, day);
  await writeFile(performancePage, page);
}
