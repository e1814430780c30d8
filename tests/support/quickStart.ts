import { readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../../scripts/toolchain/place";

/** The languages in which the program is shown: in the README, and Python in docs/frontends.md. */
export const languages = ["TypeScript", "YAML", "Python"] as const;

/** The README's quick start in one language, as a script of bash and what it must print. */
export interface QuickStart {
  /** Begins in an empty folder, writes the files, and runs the commands as they stand in the README. */
  script: string;
  /** The lines that the README shows as printed. */
  shown: string[];
  /** The commands that fail on purpose, with the exit code that the README tells: `2 npx alicloud-users drift`. */
  failing: string[];
}

type Step =
  | { kind: "file"; name: string; text: string }
  | { kind: "commands"; text: string }
  | { kind: "output"; text: string };

/** Reads the quick start, in one language. */
export function readQuickStart(language: (typeof languages)[number]): QuickStart {
  const readme = readFileSync(path.join(repository, "README.md"), "utf8");
  const [, section = ""] = /^## Quick start\n([^]*?)^## /m.exec(readme) ?? [];
  const steps = stepsIn(forLanguage(section, language));
  const commands = steps.flatMap((step) => (step.kind === "commands" ? step.text.split("\n") : []));
  const failing = commands.flatMap((line) => {
    const [, command, code] = /^(.*?) # exit code (\d+)/.exec(line) ?? [];
    return command === undefined ? [] : [`${code} ${command}`];
  });
  const shown = steps.flatMap((step) => (step.kind === "output" ? step.text.trimEnd().split("\n") : []));
  return { script: [prologue, ...steps.map(bashOf)].join("\n"), shown, failing };
}

/** The picture at the top of the README: what the quick start's first preview prints. */
export function readPicture(): string[] {
  const readme = readFileSync(path.join(repository, "README.md"), "utf8");
  const [, picture = ""] = /^```text\n\$ pulumi preview\n([^]*?)^```/m.exec(readme) ?? [];
  return picture.trimEnd().split("\n");
}

/** The exit codes and commands that failed, out of what the script printed. */
export function failuresIn(output: string): string[] {
  return [...output.matchAll(/^@@failed (.*)$/gm)].map(([, failure]) => failure!);
}

/** The section with what one language needs in place of the README's choice of languages. */
function forLanguage(section: string, language: string): string {
  const choices = /^<details.*>\n<summary>(.*)<\/summary>\n([^]*?)^<\/details>/gm;
  const shown = new Map([...section.matchAll(choices)].map(([, name, own]) => [name, own]));
  let own = shown.get(language) ?? otherLanguage(language);
  return section.replace(choices, () => {
    const text = own;
    own = "";
    return text;
  });
}

function otherLanguage(language: string): string {
  const page = readFileSync(path.join(repository, "docs/frontends.md"), "utf8");
  const own = new RegExp(`^### ${language}\\n([^]*?)^##`, "m").exec(page)?.[1];
  if (own === undefined) throw new Error(`docs/frontends.md shows no program in ${language}.`);
  return own;
}

function stepsIn(text: string): Step[] {
  const blocks = [...text.matchAll(/(?:^`([^`\n]+)`:\n\n)?^```(\w+)\n([^]*?)^```/gm)];
  return blocks.map(([, name, kind, text = ""]): Step => {
    if (name !== undefined) return { kind: "file", name, text };
    if (kind === "sh") return { kind: "commands", text };
    if (kind === "text") return { kind: "output", text };
    throw new Error(`The quick start has a block of ${kind} without the name of a file above it.`);
  });
}

function bashOf(step: Step): string {
  if (step.kind === "commands") return step.text;
  return step.kind === "file" ? `cat > '${step.name}' <<'END_OF_FILE'\n${step.text}END_OF_FILE` : "";
}

/** Job control as in a terminal; a failure is told and the next command runs; the emulator ends with the script. */
const prologue = `set -m
exec 2>&1
trap 'printf "\\n@@failed %s %s\\n" "$?" "$BASH_COMMAND"' ERR
trap 'for job in $(jobs -p); do kill -- "-$job"; done' EXIT`;
