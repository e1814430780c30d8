import { createHash } from "node:crypto";
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from "node:fs";
import path from "node:path";
import type { Resource } from "../../core/resource";
import { namesIn } from "./journalFiles";
import { stackKeyOf } from "../resourceNames";

/** A resource: its type, and its URN where that is known. */
interface Owner {
  resource: Resource;
  urn: string | undefined;
}

/** Which resource of each stack was last seen to have a user, in any run of this user of the machine so far. */
export interface Holders {
  /** Notes that a resource has this user. */
  note(owner: Owner, id: string): void;
  /** Notes that it does not have it any more. */
  forget(owner: Owner, id: string): void;
  /** The URNs of the resources that have this user, one of a stack at most. */
  of(resource: Resource, id: string): string[];
}

/** What a file tells, as far as it was read: the URN of the resource that has a user. */
interface Stack {
  readBytes: number;
  urns: Map<string, string>;
}

/** A line of a file; the latest one about a user counts. */
interface Line {
  user: string;
  /** Empty where no resource of the stack has the user any more. */
  urn: string;
}

/**
 * Opens what is known of the holders: a file for each stack in the folder `users` beside the journal, to which each change adds a
 * line. Where a file cannot be written or read, less is known, and nothing fails.
 */
export function openHolders(folder: () => string | undefined): Holders {
  const stacks = new Map<string, Stack>();

  const fileOf = (urn: string | undefined): string | undefined => {
    const key = stackKeyOf(urn);
    const place = folder();
    if (key === undefined || place === undefined) return undefined;
    return path.join(place, "users", createHash("sha256").update(key).digest("hex").slice(0, 16));
  };

  const update = (file: string): Stack => {
    const stack = stacks.get(file) ?? { readBytes: 0, urns: new Map<string, string>() };
    stacks.set(file, stack);
    const size = attempt(() => statSync(file).size) ?? 0;
    // It was removed since, and perhaps made again.
    if (size < stack.readBytes) [stack.readBytes, stack.urns] = [0, new Map<string, string>()];
    const text = attempt(() => readBetween(file, stack.readBytes, size)) ?? "";
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    stack.readBytes += Buffer.byteLength(whole);
    for (const line of whole.split("\n")) {
      const { user, urn } = attempt(() => JSON.parse(line) as Partial<Line>) ?? {};
      if (typeof user === "string" && typeof urn === "string") set(stack, { user, urn });
    }
    return stack;
  };

  return {
    note({ resource, urn }, id) {
      const file = fileOf(urn);
      if (file === undefined) return;
      const line = { user: userOf(resource, id), urn: String(urn) };
      const stack = stacks.get(file) ?? update(file);
      if (stack.urns.get(line.user) === line.urn) return;
      set(stack, line);
      append(file, line);
    },

    forget({ resource, urn }, id) {
      const file = fileOf(urn);
      if (file === undefined) return;
      const stack = update(file);
      const user = userOf(resource, id);
      if (stack.urns.get(user) !== urn) return;
      stack.urns.delete(user);
      if (stack.urns.size > 0) return append(file, { user, urn: "" });
      stacks.delete(file);
      attempt(() => rmSync(file));
    },

    of(resource, id) {
      const place = folder();
      if (place === undefined) return [];
      const users = path.join(place, "users");
      const files = attempt(() => namesIn(users)) ?? [];
      return files.flatMap((name) => update(path.join(users, name)).urns.get(userOf(resource, id)) ?? []);
    },
  };
}

const userOf = ({ type }: Resource, id: string): string => `${type} ${id}`;

function set({ urns }: Stack, { user, urn }: Line): void {
  if (urn === "") urns.delete(user);
  else urns.set(user, urn);
}

function append(file: string, line: Line): void {
  attempt(() => {
    const folder = path.dirname(file);
    if (!existsSync(folder)) {
      mkdirSync(path.dirname(folder), { recursive: true, mode: 0o700 });
      // Node.js tries for ever to make folders below one that takes none.
      mkdirSync(folder, { mode: 0o700 });
    }
    appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  });
}

function readBetween(file: string, start: number, end: number): string {
  if (start === end) return "";
  const bytes = Buffer.alloc(end - start);
  const handle = openSync(file, "r");
  try {
    return bytes.toString("utf8", 0, readSync(handle, bytes, 0, bytes.length, start));
  } finally {
    closeSync(handle);
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
