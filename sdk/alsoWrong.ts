import { checkValues } from "../provider/core/check";
import { withSecrets } from "../provider/core/secrets";
import { unknownValue } from "../provider/core/unknown";
import { pick } from "../provider/core/values";
import { isPlain } from "./isPlain";
import { perRun } from "./perRun";
import { plainNames } from "./plainNames";
import type { DeclaredUser } from "./registration";

/** How many sentences go with one user, so that a mistake in thousands of users stays readable. */
const most = 20;

const sentencesOfRun = perRun(() => [] as { user: DeclaredUser; sentence: string }[]);

/** What goes with a user whose arguments are wrong, as hidden inputs. */
interface WrongInput {
  /** What is wrong with the other users of the program, up to 20 sentences, known once the program has run to its end. */
  alsoWrong: Promise<string[]>;
  /** The attributes whose values may be shown. */
  plain: string[] | Promise<string[]>;
}

/**
 * What goes with a user whose arguments are wrong; nothing with others. The engine ends a run at the first user that the
 * provider refuses, so that user's error tells of all. Arguments that are outputs are not judged.
 */
export function alsoWrong(user: DeclaredUser): WrongInput | undefined {
  const { resource, name } = user;
  const known = knownOf(user.args);
  if (checkValues(resource, known, {}).failures.length === 0) return undefined;
  const plain = plainNames(user);
  // The others do not wait for the component of this user, which may wait for one of them.
  const shown = Array.isArray(plain) ? plain : [];
  const hidden = Object.keys(known).filter((each) => !shown.includes(each));
  const { failures } = withSecrets(Object.values(pick(known, hidden)), () =>
    checkValues(resource, known, { shown }),
  );
  const all = sentencesOfRun();
  for (const { reason } of failures)
    all.push({ user, sentence: `${resource.type} ${JSON.stringify(name)}: ${reason}` });
  const alsoWrong = new Promise<string[]>((resolve) =>
    setImmediate(() => {
      const others = all.filter((each) => each.user !== user).map(({ sentence }) => sentence);
      const more =
        others.length > most ? [`${others.length - most} more of the program's values are wrong.`] : [];
      resolve([...others.slice(0, most), ...more]);
    }),
  );
  return { alsoWrong, plain };
}

/** The arguments, with the text for unknown values in place of those that hold an output or a promise. */
function knownOf(args: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(args).map(([name, value]) => [name, isPlain(value) ? value : unknownValue]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}
