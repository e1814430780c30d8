import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";

/** One process that runs the program of a folder for many commands of the CLI, as the Automation API does. */
export interface ProgramHost {
  /** The arguments of the CLI that let this process run the program. It starts now, and again after the variables changed. */
  args(): Promise<string[]>;
  /** What the program has printed since this was asked for last. */
  printed(): string;
  end(): Promise<void>;
}

interface Running {
  child: ChildProcess;
  address: string;
  variables: string;
}

/** Runs the program of a folder under these variables. What it prints goes into the file. */
export function createProgramHost(dir: string, env: NodeJS.ProcessEnv, file: string): ProgramHost {
  let running: Promise<Running> | undefined;
  let read = 0;

  async function end(): Promise<void> {
    const ending = await running;
    running = undefined;
    if (ending && ending.child.exitCode === null) {
      ending.child.disconnect();
      await once(ending.child, "exit");
    }
  }

  return {
    async args() {
      const variables = JSON.stringify(env);
      if (running && (await running).variables !== variables) await end();
      running ??= start(dir, env, file).then((started) => ({ ...started, variables }));
      return [`--client=${(await running).address}`];
    },
    printed() {
      const all = readFileSync(file);
      const added = all.subarray(read).toString("utf8");
      read = all.length;
      return added;
    },
    end,
  };
}

async function start(dir: string, env: NodeJS.ProcessEnv, file: string): Promise<Omit<Running, "variables">> {
  const output = openSync(file, "a");
  const child = spawn(process.execPath, [path.join(__dirname, "languageHost.mjs")], {
    cwd: dir,
    env,
    stdio: ["ignore", output, output, "ipc"],
  });
  closeSync(output);
  const ended = once(child, "exit").then(() => {
    throw new Error(`The process that runs the program ended:\n${readFileSync(file, "utf8")}`);
  });
  const [port] = (await Promise.race([once(child, "message"), ended])) as [number];
  ended.catch(() => {});
  return { child, address: `127.0.0.1:${port}` };
}
