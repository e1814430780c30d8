import { writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { machineClock } from "../../provider/api/clock";
import { credentialsOf } from "../../provider/api/auth/credentials";
import { readSettings } from "../../provider/api/settings";
import { services } from "../../provider/resources/services";

/** A step of the process that asks: it asks for credentials under this configuration, or writes the CLI's file of profiles. */
export type Step = { ask: Record<string, string> } | { write: string };

/** What came of a question: the credentials, or the message of the error. */
export type Outcome = { credentials: object } | { error: string };

function sourceOf(config: Record<string, string>): ReturnType<typeof credentialsOf> {
  const settings = readSettings({ config: (key) => config[key], environment: process.env }, services);
  const openSts = () => {
    throw new Error("These steps assume no role.");
  };
  return credentialsOf(settings, { openSts, clock: machineClock });
}

// A process of its own, since the home folder of a process cannot be changed from within.
async function run(steps: Step[]): Promise<Outcome[]> {
  const sources = new Map<string, ReturnType<typeof credentialsOf>>();
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    if ("write" in step) writeFileSync(join(homedir(), ".aliyun", "config.json"), step.write);
    else {
      const key = JSON.stringify(step.ask);
      const source = sources.get(key) ?? sourceOf(step.ask);
      sources.set(key, source);
      const answer = (credentials: object) => ({ credentials });
      outcomes.push(await source().then(answer, (error: Error) => ({ error: error.message })));
    }
  }
  return outcomes;
}

void run(JSON.parse(process.argv[2] as string) as Step[]).then((outcomes) =>
  process.stdout.write(JSON.stringify(outcomes)),
);
