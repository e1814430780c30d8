import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

/** One process that runs the program of a folder for many commands of the CLI, as the Automation API does. */
export interface ProgramHost {
  /** The arguments of the CLI that let this process run the program. It starts now, and again after the variables changed. */
  args(): Promise<string[]>;
  end(): Promise<void>;
}

interface Running {
  child: ChildProcess;
  address: string;
  variables: string;
}

export function createProgramHost(dir: string, env: NodeJS.ProcessEnv): ProgramHost {
  let running: Promise<Running> | undefined;

  async function end(): Promise<void> {
    const ending = await running;
    running = undefined;
    if (ending && ending.child.exitCode === null) {
      ending.child.stdin!.end();
      await once(ending.child, "exit");
    }
  }

  return {
    async args() {
      const variables = JSON.stringify(env);
      if (running && (await running).variables !== variables) await end();
      running ??= start(dir, env, variables);
      return [`--client=${(await running).address}`];
    },
    end,
  };
}

async function start(dir: string, env: NodeJS.ProcessEnv, variables: string): Promise<Running> {
  const child = spawn(process.execPath, [path.join(__dirname, "languageHost.mjs")], {
    cwd: dir,
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  for await (const port of createInterface({ input: child.stdout! })) {
    child.stdout!.resume();
    return { child, variables, address: `127.0.0.1:${port}` };
  }
  throw new Error("The process that runs the programs ended before it could run one.");
}
