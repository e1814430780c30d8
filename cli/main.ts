#!/usr/bin/env node
import { Command, Help } from "commander";
import { escapeText } from "../provider/core/showText";
import { packageVersion } from "./packageVersion";

/** What adds each command. Only the one that is run is loaded, since each brings libraries of its own. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  adopt: async () => (await import("./adopt/index.js")).addAdopt,
  people: async () => (await import("./people/index.js")).addPeople,
  emulator: async () => (await import("./emulator/index.js")).addEmulator,
  drift: async () => (await import("./drift/index.js")).addDrift,
  doctor: async () => (await import("./doctor/index.js")).addDoctor,
  "plugin-path": async () => (await import("./pluginPath.js")).addPluginPath,
  guard: async () => (await import("./guard/index.js")).addGuard,
  ci: async () => (await import("./ci/index.js")).addCi,
};

const program = new Command("alicloud-users")
  .description(
    "Adopt, compare, check and test what the Pulumi provider for the users of Alibaba Cloud manages.",
  )
  // An option that is off unless it is given needs no word about that.
  .configureHelp({
    optionDescription: (option) =>
      new Help().optionDescription(option).replace(/ \(default: (false|0)\)$/, ""),
  })
  // A guess at what was meant joins the line of the error.
  .configureOutput({ outputError: (text, write) => write(text.replace("\n(", " (")) })
  .version(packageVersion(), "--version", "print the version of the package");

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    message
      .split("\n")
      .map((line) => `${escapeText(line)}\n`)
      .join(""),
  );
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const [, , name = ""] = process.argv;
  const chosen = Object.hasOwn(commands, name) ? [commands[name]!] : Object.values(commands);
  for (const load of chosen) (await load())(program);
  pointAtHelp(program, program.name());
  await program.parseAsync();
}

/** After an error of the command line, says where the help is in place of printing it. */
function pointAtHelp(command: Command, name: string): void {
  command.showHelpAfterError(`See "${name} --help".`);
  for (const inner of command.commands) pointAtHelp(inner, `${name} ${inner.name()}`);
}
