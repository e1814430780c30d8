import { parseArgs } from "node:util";
import { diffCost } from "./bench/diffCost";
import { startEmulatorProcess } from "./bench/emulatorProcess";
import type { Bench } from "./bench/figures";
import { callFigures, rateFigures, scaleFigures, wallFigures } from "./bench/figures";
import type { Figure } from "./bench/report";
import { isMet, table, writeReport } from "./bench/report";

const parts: Readonly<Record<string, (bench: Bench) => Promise<Figure[]>>> = {
  diff: diffCost,
  calls: callFigures,
  rate: rateFigures,
  wall: wallFigures,
  scale: scaleFigures,
};

const usage = `npm run bench -- [--full] [--only ${Object.keys(parts).join("|")}] [--json FILE]
  Counts calls and compares times side by side, against the emulator. About ten minutes; --full adds 10,000 users.`;

async function main(): Promise<void> {
  const options = {
    full: { type: "boolean" },
    only: { type: "string", multiple: true },
    json: { type: "string" },
    help: { type: "boolean" },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const wanted = values.only ?? Object.keys(parts).filter((part) => values.full || part !== "scale");
  const emulator = await startEmulatorProcess();
  const bench = {
    emulator,
    full: values.full ?? false,
    progress: (line: string) => void process.stderr.write(`… ${line}\n`),
  };
  const figures: Figure[] = [];
  try {
    for (const part of wanted) figures.push(...((await parts[part]?.(bench)) ?? []));
  } finally {
    await emulator.close();
  }
  process.stdout.write(`${table(figures)}\n`);
  if (values.json) await writeReport(values.json, figures);
  process.exitCode = figures.every(isMet) ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
