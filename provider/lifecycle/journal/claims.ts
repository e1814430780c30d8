import { createHash, randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import path from "node:path";
import type { Resource } from "../../core/resource";
import { showText } from "../../core/showText";
import type { Report } from "../report";

/** A resource: its type, and its URN where that is known. */
interface Owner {
  resource: Resource;
  urn: string | undefined;
}

/** Who has taken over a user that another resource may hold as well. */
export interface Claim {
  /** The random text that the state of the resource keeps beside the user. */
  mark: string;
  /** The resource that has taken the user over; empty where it has no URN. */
  urn: string;
  /** When it did, as an ISO 8601 date. */
  at: string;
  /** Other resources that have been seen to have the user since then. */
  others?: readonly string[];
}

/**
 * The users that resources have adopted. Kept beyond the end of a run, for all stacks of this user of the machine, so that no
 * other resource that holds the same user deletes it.
 */
export interface Claims {
  /** Notes that the resource takes over this user, in place of whoever did before. Returns the mark for its state. */
  take(by: Owner, id: string): Promise<string>;
  /** The latest claim on this user, if there is one. */
  of(resource: Resource, id: string): Claim | undefined;
  /**
   * Notes that a resource that the program declares has this user, with this mark. Returns the claim of a resource of another
   * stack that has taken the user over since.
   */
  share(by: Owner, id: string, mark: string | undefined): Claim | undefined;
  /** Forgets that a resource has this user, with this mark. */
  leave(by: Owner, id: string, mark: string | undefined): void;
}

/** Where the claims lie, and where the line about a failure goes. */
export interface ClaimOptions {
  /** The folder of the journal; nothing where it is switched off. */
  folder(): string | undefined;
  report: Report;
}

/** Opens the claims: a small file for each user in the folder `claims` beside the journal. Nothing is read before it is needed. */
export function openClaims({ folder, report }: ClaimOptions): Claims {
  let isWarned = false;

  const fileOf = ({ type }: Resource, id: string): string | undefined => {
    const place = folder();
    const name = createHash("sha256")
      .update(JSON.stringify([type, id]))
      .digest("hex");
    return place === undefined ? undefined : path.join(place, "claims", `${name}.json`);
  };

  const read = (file: string | undefined): Claim | undefined => {
    try {
      const claim = JSON.parse(readFileSync(file as string, "utf8")) as Claim;
      return [claim.mark, claim.urn, claim.at].every((text) => typeof text === "string") ? claim : undefined;
    } catch {
      return undefined;
    }
  };

  return {
    async take({ resource, urn = "" }, id) {
      const mark = randomBytes(8).toString("hex");
      const file = fileOf(resource, id);
      if (file === undefined) return mark;
      try {
        await write(file, { mark, urn, at: new Date().toISOString() });
      } catch (error) {
        if (!isWarned) await report.warning(undefined, unwritten(file, error));
        isWarned = true;
      }
      return mark;
    },

    of: (resource, id) => read(fileOf(resource, id)),

    share({ resource, urn = "" }, id, mark) {
      const file = fileOf(resource, id);
      const claim = read(file);
      if (claim === undefined || claim.mark === mark || claim.urn === urn) return undefined;
      const { others = [] } = claim;
      if (!others.includes(urn)) rewrite(file as string, { ...claim, others: [...others, urn] });
      return stackOf(claim.urn) === stackOf(urn) ? undefined : claim;
    },

    leave({ resource, urn }, id, mark) {
      const file = fileOf(resource, id);
      const claim = read(file);
      if (claim === undefined) return;
      const others = (claim.others ?? []).filter((other) => other !== urn);
      const [next, ...rest] = others;
      if (claim.mark !== mark) rewrite(file as string, { ...claim, others });
      else if (rest.length > 0)
        rewrite(file as string, { ...claim, mark: "", urn: String(next), others: rest });
      else attempt(() => rmSync(file as string));
    },
  };
}

const stackOf = (urn: string): string => urn.split("::").slice(0, 2).join("::");

/** Says more of a claim. Without it, a user is deleted or left as if this was not known. */
function rewrite(file: string, claim: Claim): void {
  attempt(() => {
    const made = `${file}.${process.pid}`;
    writeFileSync(made, JSON.stringify(claim), { mode: 0o600 });
    renameSync(made, file);
  });
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // A file that cannot be written or removed stays as it is.
  }
}

/** In one step, so that no reader sees half a file. Resolves once it is on the disk. */
async function write(file: string, claim: Claim): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const made = `${file}.${process.pid}`;
  const handle = await open(made, "w", 0o600);
  try {
    await handle.writeFile(JSON.stringify(claim));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(made, file);
}

function unwritten(file: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return (
    `It could not be noted in ${showText(path.dirname(file))} that users were taken over (${showText(reason)}). The run goes on. ` +
    "If another resource or stack holds one of these users, remove it there with pulumi state delete, not with destroy."
  );
}
