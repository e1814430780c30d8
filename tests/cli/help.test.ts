import path from "node:path";
import { repository } from "../../scripts/toolchain/place";
import { run } from "../../scripts/toolchain/run";

const main = path.join(repository, "dist/cli/main.js");

async function helpOf(...command: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run(process.execPath, [main, ...command, "--help"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout;
}

/** The commands that a help lists. */
function listed(help: string): string[] {
  const [, commands = ""] = help.split("\nCommands:\n");
  return [...commands.matchAll(/^ {2}(\w[\w-]*)/gm)]
    .map(([, name]) => name!)
    .filter((name) => name !== "help");
}

test("the help of every command has a sentence, and words for every option and argument", async () => {
  const top = listed(await helpOf());
  expect(top).toEqual(expect.arrayContaining(["emulator", "drift", "guard", "ci", "plugin-path"]));
  const nested = listed(await helpOf("ci")).map((name) => ["ci", name]);
  for (const command of [[], ...top.map((name) => [name]), ...nested]) {
    const help = await helpOf(...command);
    expect(help).toMatch(/^Usage: alicloud-users .*\n\n[A-Z][^]*?\.\n\n/);
    const [, options = ""] = /\nOptions:\n([^]*?)(\n\n|$)/.exec(help)!;
    // An option without words ends its line.
    expect(options.split("\n").filter((line) => /^ {2}-\S*( <[^>]+>)?$/.test(line))).toEqual([]);
    expect(help).not.toMatch(/default: (false|0)\b/);
  }
}, 60_000);
