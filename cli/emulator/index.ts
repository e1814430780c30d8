import { type Command, InvalidArgumentError, Option } from "commander";
import { type Settings, startEmulator } from "../../emulator";
import { endWithNpm } from "./endWithNpm";

interface Options {
  port: number;
  ids: Settings["ids"];
}

const help = `
Sign with access key id "testid" and secret "testsecret". The instances bastionhost-cn-demo0001 and
idaas_demo0001 exist from the start. Point the provider at it with ALICLOUD_USERS_ENDPOINT=<its URL>.

What it received:    curl <its URL>/_emulator/calls
Change the account:  curl -X POST -H 'content-type: application/json' <its URL>/_emulator/actions -d '<an action>'
It keeps everything in memory, and ends with Ctrl-C, or with the npx or npm that started it. docs/emulator.md has the
other routes, and the faults.`;

/** Adds the command `emulator`, which serves the APIs on loopback until it is ended. */
export function addEmulator(program: Command): void {
  program
    .command("emulator")
    .description("Run the RAM, Bastionhost and EIAM user APIs on this machine, for tests and trials.")
    .option("--port <number>", "port to listen on; a free one when left out", portNumber, 0)
    .addOption(
      new Option("--ids <which>", "ids of users that differ after each start, or are the same")
        .choices(["random", "fixed"])
        .default("random"),
    )
    .addHelpText("after", help)
    .action(emulate);
}

async function emulate({ port, ids }: Options): Promise<void> {
  const emulator = await startEmulator({ port, settings: { ids } });
  process.stdout.write(`emulator listening on ${emulator.url}\n`);
  const end = (): void => void emulator.close().then(() => process.exit(0));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);
  endWithNpm(end);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
  return port;
}
