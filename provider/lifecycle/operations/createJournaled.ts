import { randomUUID } from "node:crypto";
import type { CreateJournal, UnansweredCreate } from "../journal/createJournal";
import type { Directory } from "../../core/directory";
import { faultKind, ResourceInitFailed } from "../../core/fault";
import { idOf } from "../../core/identity";
import { planCreate } from "../../core/plan";
import type { Wire } from "../../core/wire";
import { pick } from "../../core/values";
import type { CreateResult, Creation } from "./createOnce";
import { createOnce } from "./createOnce";
import { isOurs } from "./isOurs";

/** How long after its note a create may still be carried out: it waits for the call rate and is repeated. */
const longestCreateMs = 3_600_000;

/** A user that an earlier run has made, to be brought to what is declared. */
export interface Resumed {
  kind: "resumed";
  user: Wire;
  /** The mark of the take-over for the state. */
  claim: string | undefined;
}

/** What came of a create that is noted. */
export type JournaledResult = CreateResult | Resumed;

/** Creates exactly one user, as `createOnce` does, and knows the one that an earlier run has made for the same resource. */
export async function createJournaled(creation: Creation): Promise<JournaledResult> {
  const { resource, directory, name, journal } = creation;
  if (!journal) return createOnce(creation);
  const isDated = resource.createdAtField !== undefined;
  const nameWasFree = isDated ? undefined : await directory.isFree(name).catch(() => undefined);
  const hasMade = (user: Wire): boolean => isOfEarlierRun(creation, journal, user);
  const earlierToken = journal.earlier?.unanswered.find(({ token }) => token !== undefined)?.token;
  const earlier = earlierToken === undefined ? undefined : { token: earlierToken, hasMade };
  const token = resource.create.idempotencyToken === undefined ? undefined : randomUUID();
  await journal.sending(nameWasFree === true, earlierToken ?? token);
  const watched = watchAnswers(directory);
  const noted = { ...creation, directory: watched.directory, nameWasFree, token, earlier };
  const result = await createOnce(noted).catch(async (error: unknown) => {
    if (error instanceof ResourceInitFailed) await journal.made(error.state.id);
    else if (!watched.isLost() && faultKind(error) !== undefined) await journal.refused();
    throw error;
  });
  if (result.kind !== "taken") return result;
  if (hasMade(result.user)) {
    const id = idOf(resource, result.user);
    const claim = await creation.takeOver?.(id, undefined);
    await journal.takenOver(id);
    return { kind: "resumed", user: result.user, claim };
  }
  if (!result.isLost) await journal.refused();
  return result;
}

/** The directory, and whether a call of it was not answered. */
function watchAnswers(directory: Directory): { directory: Directory; isLost: () => boolean } {
  let isLost = false;
  const call: Directory["call"] = async (sent) => {
    try {
      return await directory.call(sent);
    } catch (fault) {
      isLost ||= faultKind(fault) === "unavailable";
      throw fault;
    }
  };
  return { directory: { ...directory, call }, isLost: () => isLost };
}

function isOfEarlierRun(creation: Creation, { earlier }: CreateJournal, user: Wire): boolean {
  const { resource, inputs, defaults } = creation;
  if (earlier === undefined) return false;
  if (earlier.madeIds.includes(idOf(resource, user))) return true;
  const sent = pick(inputs, planCreate(resource, inputs, defaults, "").covers);
  return earlier.unanswered.some(({ at, nameWasFree }: UnansweredCreate) =>
    isOurs({ ...creation, sent, from: at, until: at + longestCreateMs, nameWasFree }, user),
  );
}
