#!/usr/bin/env node
import { Command, Help, InvalidArgumentError } from "commander";
import { startEmulator } from "../../emulator";
import { escapeText } from "../core/showText";
import { addCi } from "./ci";
import { addDoctor } from "./doctor";
import { addDrift } from "./drift";
import { addGuard } from "./guard";
import { packageVersion } from "./packageVersion";
import { addPluginPath } from "./pluginPath";

const program = new Command("alicloud-users")
  .description("Compare, check and test what the Pulumi provider for the users of Alibaba Cloud manages.")
  // An option that is off unless it is given needs no word about that.
  .configureHelp({
    optionDescription: (option) =>
      new Help().optionDescription(option).replace(/ \(default: (false|0)\)$/, ""),
  })
  .version(packageVersion(), "--version", "print the version of the package")
  .showHelpAfterError();

program
  .command("emulator")
  .description("Run the RAM, Bastionhost and EIAM user APIs on this machine, for tests and trials.")
  .option("--port <number>", "port to listen on; a free one when left out", portNumber, 0)
  .addHelpText(
    "after",
    `
Sign with access key id "testid" and secret "testsecret". The instances bastionhost-cn-demo0001 and
idaas_demo0001 exist from the start. Point the provider at it with ALICLOUD_USERS_ENDPOINT=<its URL>.

What it received:    curl <its URL>/_emulator/calls
Change the account:  curl -X POST -H 'content-type: application/json' <its URL>/_emulator/actions -d '<an action>'
It keeps everything in memory, and ends with Ctrl-C. docs/emulator.md has the other routes, and the faults.`,
  )
  .action(async ({ port }: { port: number }) => {
    const emulator = await startEmulator({ port });
    process.stdout.write(`emulator listening on ${emulator.url}\n`);
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => void emulator.close().then(() => process.exit(0)));
  });

addDrift(program);
addDoctor(program);
addPluginPath(program);
addGuard(program);
addCi(program);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${escapeText(error instanceof Error ? error.message : String(error))}\n`);
  process.exitCode = 1;
});

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
  return port;
}
