import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { withSettings } from "../scripts/parameters";
import { withPermissions } from "../scripts/parameters/permissionsTable";
import { repository } from "../scripts/toolchain/place";
import { run } from "../scripts/toolchain/run";

const textOf = (file: string): string => readFileSync(path.join(repository, file), "utf8");
const docs = readdirSync(path.join(repository, "docs")).filter((name) => name.endsWith(".md"));
const pages = ["README.md", ...docs.map((name) => `docs/${name}`)];

/** The fenced blocks of a page in these languages. */
function blocksOf(page: string, ...languages: string[]): string[] {
  const blocks = [...textOf(page).matchAll(/^```(\w+)\n([^]*?)^```/gm)];
  return blocks.flatMap(([, language, text]) => (languages.includes(language!) ? [text!] : []));
}

/** The rows of the tables of a page, each a list of cells. */
function rowsOf(page: string): string[][] {
  const rows = textOf(page).match(/^\|.*\|$/gm) ?? [];
  return rows.map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const codes = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

test("the README has two screens besides what is folded", () => {
  const unfolded = textOf("README.md").replace(/^<details>[^]*?^<\/details>\n/gm, "");
  expect(unfolded.split("\n").length).toBeLessThan(190);
});

test("the README tells as many writes and faults as the matrix has", () => {
  const [, writes, faults] = /(\d+) writes, (\d+) faults/.exec(textOf("docs/reliability.md"))!;
  expect(textOf("README.md").replace(/\s+/g, " ")).toContain(
    `each of ${writes} writes under each of ${faults} faults`,
  );
});

test("programs that the pages take from files are as in the files", () => {
  const taken = pages.flatMap((page) => [...textOf(page).matchAll(/^```\w+ file=(\S+)\n([^]*?)^```/gm)]);
  expect(taken.length).toBeGreaterThanOrEqual(3);
  for (const [, file, text] of taken) expect(text).toBe(textOf(file!));
});

test("what the pages show in YAML and JSON can be read", () => {
  for (const text of pages.flatMap((page) => blocksOf(page, "yaml", "json")))
    expect(() => parse(text)).not.toThrow();
});

test("docs/doctor.md has every permission with what it is for, as `npm run generate` writes them", () => {
  const page = textOf("docs/doctor.md");
  expect(page).toBe(withPermissions(page));
  expect(page).toContain("`yundun-bastionhost:GetInstanceTwoFactor`");
});

test("docs/facts.md names every trap that a test holds", () => {
  const traps = [...textOf("tests/traps.test.ts").matchAll(/^test\("(\d+),/gm)].map(([, number]) =>
    Number(number),
  );
  const rows = [...textOf("docs/facts.md").matchAll(/^\|.*\| ([\d, ]+?) *\|$/gm)].flatMap(([, numbers]) =>
    numbers!.split(", ").map(Number),
  );
  expect(traps.filter((number) => !rows.includes(number))).toEqual([]);
});

test("the least policy of the first page is what doctor --policy prints", async () => {
  const actionsOf = (policy: string): string[] => {
    const { Statement } = JSON.parse(policy) as { Statement: { Action: string[] }[] };
    return Statement.flatMap(({ Action }) => Action).sort();
  };
  const main = path.join(repository, "dist/cli/main.js");
  const products = ["--ram", "--bastionhost", "any", "--eiam", "any"];
  const { stdout } = await run(process.execPath, [main, "doctor", "--policy", ...products]);
  expect(blocksOf("docs/getting-started.md", "json").map(actionsOf)).toEqual([actionsOf(stdout)]);
});

test("docs/settings.md has every setting of the plugin, as `npm run generate` writes them", () => {
  const page = textOf("docs/settings.md");
  expect(page).toBe(withSettings(page));
  expect(page).toContain("`ALICLOUD_USERS_MAX_DELETES`");
});

test("docs/troubleshooting.md quotes messages as the code prints them", () => {
  const folders = ["provider", "sdk"].flatMap((folder) =>
    readdirSync(path.join(repository, folder), { recursive: true, encoding: "utf8" }).map(
      (name) => `${folder}/${name}`,
    ),
  );
  const sources = folders.filter((name) => name.endsWith(".ts")).map(textOf);
  // Sentences that the code splits over lines.
  const printed = sources.join("\n").replace(/["'`] \+\n\s*["'`]/g, "");
  const messages = rowsOf("docs/troubleshooting.md").flatMap(([first]) => codes(first!));
  expect(messages.length).toBeGreaterThan(20);
  expect(messages.filter((message) => !printed.includes(message))).toEqual([]);
});

/** The words of the commands `alicloud-users …` that the pages show. */
function shownCommands(): string[][] {
  const lines = pages
    .flatMap((page) => blocksOf(page, "sh", "yaml"))
    .join("\n")
    .split("\n");
  const calls = lines.flatMap((line) =>
    line.split(/&&|\|\||[|;]/).filter((part) => /\balicloud-users (?!#)[a-z]/.test(part)),
  );
  return calls.map((call) =>
    call
      .replace(/ #.*/, "")
      .replace(/^.*\balicloud-users /, "")
      .trim()
      .split(/\s+/),
  );
}

test("the commands that the pages show have these names and options", async () => {
  const main = path.join(repository, "dist/cli/main.js");
  const helps = new Map<string, string>();
  for (const [command, second] of shownCommands()) {
    const name = command === "ci" ? `ci ${second}` : command!;
    if (helps.has(name)) continue;
    const { exitCode, stdout } = await run(process.execPath, [main, ...name.split(" "), "--help"]);
    helps.set(name, exitCode === 0 ? stdout : "");
  }
  const unknown = shownCommands().flatMap(([command, ...words]) => {
    const help = helps.get(command === "ci" ? `ci ${words[0]}` : command!) ?? "";
    const options = words.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.replace(/=.*/, ""));
    return ["", ...options]
      .filter((option) => help === "" || !help.includes(option))
      .map((option) => `${command} ${option}`);
  });
  expect([...helps.keys()].sort()).toEqual(
    expect.arrayContaining(["drift", "emulator", "guard", "plugin-path"]),
  );
  expect(unknown).toEqual([]);
}, 60_000);
