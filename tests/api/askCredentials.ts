import { writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { credentialsOf } from "../../provider/api/credentials";
import type { Identity } from "../../provider/api/settings";

/** A step of the process that asks: it asks for credentials, or writes the CLI's file of profiles. */
export type Step = { ask: Identity } | { write: string };

/** What came of a question: the credentials, or the message of the error. */
export type Outcome = { credentials: object } | { error: string };

// A process of its own, since the home folder of a process cannot be changed from within.
async function run(steps: Step[]): Promise<Outcome[]> {
  const sources = new Map<string, ReturnType<typeof credentialsOf>>();
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    if ("write" in step) writeFileSync(join(homedir(), ".aliyun", "config.json"), step.write);
    else {
      const key = JSON.stringify(step.ask);
      const source = sources.get(key) ?? credentialsOf(step.ask);
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
