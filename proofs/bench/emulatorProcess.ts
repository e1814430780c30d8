import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { type EmulatorControl, emulatorControl } from "../../emulator";

/** An emulator in a process of its own, so that its work is not counted as ours. */
export interface EmulatorProcess {
  url: string;
  control: EmulatorControl;
  /** What the provider's process needs to reach it. */
  env: Record<string, string>;
  close(): Promise<void>;
}

/** The package's command, as it was built. */
export const cli = path.join(__dirname, "../../dist/cli/main.js");

/** Starts the emulator by the package's own command. */
export async function startEmulatorProcess(): Promise<EmulatorProcess> {
  const child = spawn(process.execPath, [cli, "emulator"], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const url = /http:\S+/.exec(line.toString())?.[0];
  if (!url) throw new Error(`The emulator said: ${line.toString()}`);
  return {
    url,
    control: emulatorControl(url),
    env: {
      ALICLOUD_USERS_ENDPOINT: url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: "testid",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret",
    },
    async close() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}
