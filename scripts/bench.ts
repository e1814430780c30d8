import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startEmulatorProcess } from "./bench/emulatorProcess";
import { callFigures, pluginCallFigures } from "./bench/callFigures";
import { checkpointFigures } from "./bench/checkpointFigures";
import { creationFigures } from "./bench/creationFigures";
import { diffCost } from "./bench/diffCost";
import type { Bench } from "./bench/onStack";
import { driftFigures } from "./bench/driftFigures";
import { peerFigures } from "./bench/peerFigures";
import { performancePage, withFigures } from "./bench/performancePage";
import { rateFigures } from "./bench/rateFigures";
import type { Figure } from "./bench/report";
import { isMet, table, writeReport } from "./bench/report";
import { readAheadFigures } from "./bench/readAheadFigures";
import { scaleFigures } from "./bench/scaleFigures";
import { pluginWallFigures, wallFigures } from "./bench/wallFigures";

const parts: Readonly<Record<string, (bench: Bench) => Promise<Figure[]>>> = {
  diff: diffCost,
  calls: callFigures,
  creation: creationFigures,
  drift: driftFigures,
  rate: rateFigures,
  wall: wallFigures,
  fields: readAheadFigures,
  scale: scaleFigures,
  checkpoints: checkpointFigures,
  peers: peerFigures,
  plugin: async (bench) => [...(await pluginCallFigures(bench)), ...(await pluginWallFigures(bench))],
};

/** Built for, and run only when it is asked for. */
const onRequest = "peers";

const usage = `npm run bench -- [--full] [--only ${Object.keys(parts).join("|")}] [--json FILE] [--docs]
  Counts calls and compares times side by side, against the emulator. About fifteen minutes; --full counts the calls of
  10,000 users too, creates as many, and times refresh and up in more rounds, about forty minutes. The part "peers" runs
  only when it is named: it builds OpenTofu and its provider with Go, ten minutes, once. --docs puts the figures into the
  tables of docs/performance.md that are made for their parts.`;

async function main(): Promise<void> {
  const options = {
    full: { type: "boolean" },
    only: { type: "string", multiple: true },
    json: { type: "string" },
    docs: { type: "boolean" },
    help: { type: "boolean" },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const wanted = values.only ?? Object.keys(parts).filter((part) => part !== onRequest);
  const stranger = wanted.find((part) => !(part in parts));
  if (stranger !== undefined) throw new Error(`There is no part "${stranger}".\n${usage}`);
  const emulator = await startEmulatorProcess();
  const bench = {
    emulator,
    full: values.full ?? false,
    progress: (line: string) => void process.stderr.write(`… ${line}\n`),
  };
  const measured: [part: string, figures: Figure[]][] = [];
  try {
    for (const part of wanted) measured.push([part, await parts[part]!(bench)]);
  } finally {
    await emulator.close();
  }
  const figures = measured.flatMap(([, own]) => own);
  process.stdout.write(`${table(figures)}\n`);
  if (values.json) await writeReport(values.json, figures);
  if (values.docs) await writeDocs(measured);
  process.exitCode = figures.every(isMet) ? 0 : 1;
}

async function writeDocs(measured: readonly [part: string, figures: Figure[]][]): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  let page = await readFile(performancePage, "utf8");
  for (const [part, figures] of measured) page = withFigures(page, part, figures, day);
  await writeFile(performancePage, page);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
