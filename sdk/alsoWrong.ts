import * as pulumi from "@pulumi/pulumi";
import { checkValues } from "../provider/core/check";
import { unknownValue } from "../provider/core/unknown";
import { perRun } from "./perRun";
import type { DeclaredUser } from "./userClass";

/** How many sentences go with one user, so that a mistake in thousands of users stays readable. */
const most = 20;

const sentencesOfRun = perRun(() => [] as { user: DeclaredUser; sentence: string }[]);

/**
 * For a user whose arguments are wrong: what is wrong with the other users of the program, up to 20 sentences, known once
 * the program has run to its end. The engine ends a run at the first user that the provider refuses, so that user's error
 * tells of all. Nothing for other users. Arguments that are outputs are not judged, and no sentence repeats a value.
 */
export function alsoWrong(user: DeclaredUser): Promise<string[]> | undefined {
  const { failures } = checkValues(user.resource, knownOf(user.args), undefined);
  if (failures.length === 0) return undefined;
  const all = sentencesOfRun();
  for (const { reason } of failures)
    all.push({ user, sentence: `${user.resource.type} ${JSON.stringify(user.name)}: ${reason}` });
  return new Promise((resolve) =>
    setImmediate(() => {
      const others = all.filter((each) => each.user !== user).map(({ sentence }) => sentence);
      const more =
        others.length > most ? [`${others.length - most} more of the program's values are wrong.`] : [];
      resolve([...others.slice(0, most), ...more]);
    }),
  );
}

/** The arguments, with the text for unknown values in place of those that hold an output or a promise. */
function knownOf(args: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(args).map(([name, value]) => [name, isKnown(value) ? value : unknownValue]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function isKnown(value: unknown): boolean {
  if (typeof value === "function") return false;
  if (value === null || typeof value !== "object") return true;
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return false;
  return Object.values(value).every(isKnown);
}
