import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { startEmulator } from "../../emulator";
import { makeAside, whileLocked } from "../../scripts/toolchain/cache";
import { cacheFolder, findOnPath, repository } from "../../scripts/toolchain/place";
import { run, type RunOptions } from "../../scripts/toolchain/run";
import { aloud } from "../../scripts/toolchain/say";

/** A client of other people: how it is installed in a folder, and the command that takes the users through their lives. */
interface Client {
  title: string;
  /** What must be on the PATH. */
  needs: string;
  /** The files that its installation depends on. */
  pins: readonly string[];
  install(folder: string): Promise<void>;
  command(folder: string): [command: string, ...args: string[]];
}

/** One step of the life of a user, as a client reports it. */
interface Step {
  product: string;
  step: string;
  error?: string;
}

const sources = __dirname;
const page = path.join(repository, "docs/emulator.md");
const products = ["Ram", "Bastionhost", "Eiam"];

const clients: readonly Client[] = [
  {
    title: "Python SDKs",
    needs: "python3",
    pins: ["python/requirements.txt"],
    async install(folder) {
      await must("python3", ["-m", "venv", "--copies", folder]);
      const pip = ["-m", "pip", "install", "--quiet", "-r", path.join(sources, "python/requirements.txt")];
      await must(path.join(folder, "bin/python"), pip);
    },
    command: (folder) => [path.join(folder, "bin/python"), path.join(sources, "python/clients.py")],
  },
  {
    title: "Go SDK (typed for RAM, CommonRequest for the others)",
    needs: "go",
    pins: ["go/go.sum", "go/main.go"],
    async install(folder) {
      const build = ["build", "-mod=readonly", "-o", path.join(folder, "clients"), "."];
      await must("go", build, { cwd: path.join(sources, "go") });
    },
    command: (folder) => [path.join(folder, "clients")],
  },
];

/** Runs a command; fails with all that it printed when it fails. */
async function must(command: string, args: string[], options?: RunOptions): Promise<string> {
  const { exitCode, stdout, stderr } = await run(command, args, options);
  if (exitCode !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** The folder in the cache where a client is installed, once for each state of its pins. */
async function installed(client: Client): Promise<string> {
  const hash = createHash("sha256");
  for (const pin of client.pins) hash.update(await readFile(path.join(sources, pin)));
  const name = `${client.needs}-${hash.digest("hex").slice(0, 8)}`;
  const folder = path.join(cacheFolder(), "clients", name);
  await mkdir(path.dirname(folder), { recursive: true });
  await whileLocked(folder, client.title, aloud, async () => {
    if (existsSync(folder)) return;
    console.log(`${client.title}: installing …`);
    await makeAside(folder, async (making) => {
      await client.install(making);
      await rename(making, folder);
    });
  });
  return folder;
}

/** Takes a user of each product through its life with this client, on an emulator of its own. */
async function play(client: Client): Promise<Step[]> {
  const [command, ...args] = client.command(await installed(client));
  const emulator = await startEmulator({ settings: { unknownParameters: "refuse" } });
  try {
    const stdout = await must(command, [...args, new URL(emulator.url).host], { timeoutMs: 60_000 });
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Step);
  } finally {
    await emulator.close();
  }
}

/** The row of a client in the table of the docs. */
function rowOf(title: string, steps: readonly Step[]): string {
  const cells = products.map((product) => {
    const own = steps.filter((step) => step.product === product);
    const passed = own.filter(({ error }) => error === undefined).map(({ step }) => step);
    return `${passed.join(", ")} (${passed.length} of ${own.length})`;
  });
  return `| ${[title, ...cells].join(" | ")} |`;
}

async function writeTable(rows: readonly string[]): Promise<void> {
  const head = ["| client | RAM | Bastionhost | EIAM |", "| --- | --- | --- | --- |"];
  const text = await readFile(page, "utf8");
  const table = `<!-- clients -->\n\n${[...head, ...rows].join("\n")}\n\n<!-- end of clients -->`;
  await writeFile(
    page,
    text.replace(/<!-- clients -->[\s\S]*<!-- end of clients -->/, () => table),
  );
  await must(process.execPath, [
    path.join(repository, "node_modules/prettier/bin/prettier.cjs"),
    "--write",
    page,
  ]);
}

/** `npm run proof -- clients`: other people's clients against the emulator; the result goes into docs/emulator.md. */
async function main(): Promise<void> {
  const rows: string[] = [];
  let failed = 0;
  for (const client of clients) {
    if (findOnPath(client.needs) === undefined) {
      console.log(`${client.title}: skipped. ${client.needs} is not on the PATH.`);
      continue;
    }
    const steps = await play(client);
    for (const { product, step, error } of steps)
      console.log(`${client.title}: ${product} ${step}: ${error ?? "ok"}`);
    failed += steps.filter(({ error }) => error !== undefined).length;
    rows.push(rowOf(client.title, steps));
  }
  // A run that skipped a client leaves the last whole result in place.
  if (rows.length === clients.length) await writeTable(rows);
  if (failed > 0) throw new Error(`${failed} steps failed.`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
