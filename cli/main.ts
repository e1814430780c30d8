#!/usr/bin/env node
import { Command, Help } from "commander";
import { escapeText } from "../provider/core/showText";
import { addAdopt } from "./adopt";
import { addCi } from "./ci";
import { addDoctor } from "./doctor";
import { addDrift } from "./drift";
import { addEmulator } from "./emulator";
import { addGuard } from "./guard";
import { packageVersion } from "./packageVersion";
import { addPluginPath } from "./pluginPath";

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

addAdopt(program);
addEmulator(program);
addDrift(program);
addDoctor(program);
addPluginPath(program);
addGuard(program);
addCi(program);
pointAtHelp(program, program.name());

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${escapeText(error instanceof Error ? error.message : String(error))}\n`);
  process.exitCode = 1;
});

/** After an error of the command line, says where the help is in place of printing it. */
function pointAtHelp(command: Command, name: string): void {
  command.showHelpAfterError(`See "${name} --help".`);
  for (const inner of command.commands) pointAtHelp(inner, `${name} ${inner.name()}`);
}
