import { parseArgs } from "node:util";
import { startEmulatorProcess } from "./bench/emulatorProcess";
import { callFigures, pluginCallFigures } from "./bench/callFigures";
import { diffCost } from "./bench/diffCost";
import type { Bench } from "./bench/onStack";
import { driftFigures } from "./bench/driftFigures";
import { rateFigures } from "./bench/rateFigures";
import type { Figure } from "./bench/report";
import { isMet, table, writeReport } from "./bench/report";
import { scaleFigures } from "./bench/scaleFigures";
import { pluginWallFigures, wallFigures } from "./bench/wallFigures";

const parts: Readonly<Record<string, (bench: Bench) => Promise<Figure[]>>> = {
  diff: diffCost,
  calls: callFigures,
  drift: driftFigures,
  rate: rateFigures,
  wall: wallFigures,
  scale: scaleFigures,
  plugin: async (bench) => [...(await pluginCallFigures(bench)), ...(await pluginWallFigures(bench))],
};

const usage = `npm run bench -- [--full] [--only ${Object.keys(parts).join("|")}] [--json FILE]
  Counts calls and compares times side by side, against the emulator. About fifteen minutes; --full counts the calls of
  10,000 users too and times refresh and up in more rounds, about half an hour.`;

async function main(): Promise<void> {
  const options = {
    full: { type: "boolean" },
    only: { type: "string", multiple: true },
    json: { type: "string" },
    help: { type: "boolean" },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const wanted = values.only ?? Object.keys(parts);
  const stranger = wanted.find((part) => !(part in parts));
  if (stranger !== undefined) throw new Error(`There is no part "${stranger}".\n${usage}`);
  const emulator = await startEmulatorProcess();
  const bench = {
    emulator,
    full: values.full ?? false,
    progress: (line: string) => void process.stderr.write(`… ${line}\n`),
  };
  const figures: Figure[] = [];
  try {
    for (const part of wanted) figures.push(...(await parts[part]!(bench)));
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
