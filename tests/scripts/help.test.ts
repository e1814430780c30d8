import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../../scripts/toolchain/place";

const print = (script: string) =>
  spawnSync(process.execPath, [path.join(repository, script)], { encoding: "utf8" }).stdout;
const namesIn = (text: string, line: RegExp) => [...text.matchAll(line)].map(([, name]) => name!);

test("`npm run help` has a line for each command of the checkout", () => {
  const manifest = readFileSync(path.join(repository, "package.json"), "utf8");
  const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> };
  const calledByNpm = ["prepack", "prepublishOnly"];
  const commands = Object.keys(scripts).filter((name) => ![...calledByNpm, "help"].includes(name));
  expect(namesIn(print("scripts/help.mjs"), /^npm run (\S+) +\S/gm).sort()).toEqual(commands.sort());
});

test("`npm run proof` lists each proof that proofs/README.md describes, with how long it takes", () => {
  const page = readFileSync(path.join(repository, "proofs/README.md"), "utf8");
  const listed = namesIn(print("proofs/proof.mjs"), /^ {2}(\S+) +.+ \(.*(?:second|minute).*\)$/gm);
  expect(namesIn(page, /^\| `(\w+)`/gm)).toEqual(listed);
  expect(listed).toContain("bench");
});
