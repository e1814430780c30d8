import { readFileSync } from "node:fs";
import { isLiving } from "../../provider/lifecycle/journal/isLiving";

/** A script of npm, or an npx, whose last command is this one, in the foreground. */
const startsUs = /(^|[\s/\\])["']?(alicloud-users|main\.js)["']?(\s+emulator\b[^&;|"']*)?$/;

/**
 * Ends a command together with the npx or npm that waits for it: a signal to npx ends npx and the shell below it, but
 * not the command. A command that a shell or a script put into the background goes on, as it would without npm.
 */
export function endWithNpm(end: () => void, everyMs = 500): void {
  if (!startsUs.test(process.env.npm_lifecycle_script ?? "")) return;
  const parents = waitingParents();
  const watch = setInterval(() => {
    if (isUnchanged(parents)) return;
    clearInterval(watch);
    end();
  }, everyMs);
  watch.unref();
}

/** The process that waits for this one and, where that is the shell of npm, npm itself. */
interface Parents {
  direct: number;
  /** Absent where the direct parent is npm, or the system does not tell. */
  ofShell: string | undefined;
}

function waitingParents(): Parents {
  return { direct: process.ppid, ofShell: parentOfShell(process.ppid) };
}

/** On Windows the number of the parent stays when the parent has ended. */
function isUnchanged({ direct, ofShell }: Parents): boolean {
  return process.ppid === direct && isLiving(direct) && parentOfShell(direct) === ofShell;
}

/** Linux alone tells; the shells of other systems make room for the command that they run last. */
function parentOfShell(pid: number): string | undefined {
  try {
    // The name stands in parentheses, and may itself hold some.
    const [, name, parent] =
      /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "latin1")) ?? [];
    return name !== undefined && /^(ba|da|a|z|k)?sh$/.test(name) ? parent : undefined;
  } catch {
    return undefined;
  }
}
