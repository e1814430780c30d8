import { createHash, randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import path from "node:path";
import type { Resource } from "../../core/resource";
import { showText } from "../../core/showText";
import type { Report } from "../report";
import { stackOf } from "../resourceNames";
import { openHolders } from "./holders";

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
  /** Other resources that were seen to have the user, of which nobody has said that they do not have it any more. */
  others?: readonly string[];
}

/** A claim, and the file that it stands in. */
export interface FoundClaim extends Claim {
  file: string;
}

/**
 * The users that resources have, and those that they have taken over. Kept beyond the end of a run, for all stacks of this
 * user of the machine, so that no other resource that holds the same user deletes it.
 */
export interface Claims {
  /** Notes that the resource takes over this user, in place of whoever did before. Returns the mark for its state. */
  take(by: Owner, id: string): Promise<string>;
  /** Notes the same of an import, whose state has this mark already, unless that is known. */
  takeImported(by: Owner, id: string, mark: string): Promise<void>;
  /** Notes that the resource has made this user. */
  made(by: Owner, id: string): void;
  /** The URNs of the resources that were last seen to have this user, one of a stack at most. */
  holders(resource: Resource, id: string): string[];
  /** The latest claim on this user, if there is one. */
  of(resource: Resource, id: string): FoundClaim | undefined;
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

/**
 * Opens the claims: a small file for each user that was taken over in the folder `claims` beside the journal, and the holders
 * of all users. Nothing is read before it is needed.
 */
export function openClaims({ folder, report }: ClaimOptions): Claims {
  let isWarned = false;
  const holders = openHolders(folder);

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

  /** Notes a claim. The resources of other stacks that have the user so far are the others. */
  const claim = async ({ resource, urn = "" }: Owner, id: string, mark: string): Promise<void> => {
    const file = fileOf(resource, id);
    if (file === undefined) return;
    const others = holders.of(resource, id).filter((other) => stackOf(other) !== stackOf(urn));
    try {
      await write(file, { mark, urn, at: new Date().toISOString(), others });
    } catch (error) {
      if (!isWarned) await report.warning(undefined, unwritten(file, error));
      isWarned = true;
    }
  };

  return {
    async take(by, id) {
      const mark = randomBytes(8).toString("hex");
      await claim(by, id, mark);
      return mark;
    },

    async takeImported(by, id, mark) {
      const known = read(fileOf(by.resource, id));
      if (known?.mark === mark || known?.others?.includes(String(by.urn))) return;
      await claim(by, id, mark);
    },

    made: (by, id) => holders.note(by, id),

    holders: (resource, id) => holders.of(resource, id),

    of(resource, id) {
      const file = fileOf(resource, id);
      const found = read(file);
      return found && { ...found, file: file as string };
    },

    share(by, id, mark) {
      holders.note(by, id);
      const { resource, urn = "" } = by;
      const file = fileOf(resource, id);
      const known = read(file);
      if (known === undefined || known.mark === mark || known.urn === urn) return undefined;
      const { others = [] } = known;
      if (!others.includes(urn)) rewrite(file as string, { ...known, others: [...others, urn] });
      return stackOf(known.urn) === stackOf(urn) ? undefined : known;
    },

    leave(by, id, mark) {
      holders.forget(by, id);
      const { resource, urn } = by;
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

/** The mark of an import, the same in each preview of it, and of no other resource. */
export const importMark = (urn: string | undefined, id: string): string =>
  createHash("sha256")
    .update(JSON.stringify(["import", urn, id]))
    .digest("hex")
    .slice(0, 16);

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
