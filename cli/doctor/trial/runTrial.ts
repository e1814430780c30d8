import { randomBytes } from "node:crypto";
import type { Account } from "../../../provider/api/connect";
import { nameOf, type Target } from "../checkDirectory";
import { type Claim, claimsOf, NotShown } from "./claims";
import { type Place, samplesOf } from "./samples";
import { Trial } from "./trial";

/** What an account says of one claim. */
export interface Verdict {
  subject: string;
  says: string;
  verdict: "agrees" | "disagrees" | "not tried";
  /** What the account does in its place, or why it was not asked. */
  found?: string;
}

/** What came of the trial of one directory. */
export interface TrialReport {
  directory: string;
  verdicts: Verdict[];
  /** False where the trial ended before its last claim. */
  complete: boolean;
  /** The names of throwaway users that could not be deleted. */
  left: string[];
}

/** How a trial is run. */
export interface TrialOptions extends Pick<Place, "unit" | "field"> {
  /** Ends the trial after the claim that is under way. */
  stop: AbortSignal;
  /** Told the name of the throwaway user before it is made. */
  notice: (sentence: string) => void;
}

/** Puts every claim of the table to the account, on one throwaway user, which is deleted whatever happens. */
export async function runTrial(
  account: Account,
  target: Target,
  { unit, field, stop, notice }: TrialOptions,
): Promise<TrialReport> {
  const { resource } = target;
  const name = `alicloud-users-doctor-${randomBytes(5).toString("hex")}`;
  if (!stop.aborted) notice(`${nameOf(target)}: the throwaway user is named ${name}.`);
  const instance = target.scope.InstanceId as string | undefined;
  const samples = samplesOf(resource.type, { name, instance, unit, field });
  const trial = new Trial(account, target, resource, samples);
  const verdicts: Verdict[] = [];
  const claims = claimsOf(resource, samples);
  let left: string[] = [];
  try {
    for (const claim of claims) {
      if (stop.aborted) break;
      verdicts.push(await verdictOf(claim, trial));
      // Nothing else can be said of a user that there is not.
      if (claim === claims[0] && verdicts[0]?.verdict !== "agrees") break;
    }
  } finally {
    left = await trial.cleanUp();
  }
  return { directory: nameOf(target), verdicts, complete: verdicts.length === claims.length, left };
}

async function verdictOf(claim: Claim, trial: Trial): Promise<Verdict> {
  const { subject, says, untried } = claim;
  if (untried !== undefined) return { subject, says, verdict: "not tried", found: untried };
  try {
    const found = await claim.test(trial);
    return found === undefined
      ? { subject, says, verdict: "agrees" }
      : { subject, says, verdict: "disagrees", found };
  } catch (error) {
    const { kind = "", code, message } = error as Error & { kind?: string; code?: string };
    const isUnanswered = ["unavailable", "unreached", "throttled"].includes(kind);
    const isUntried = isUnanswered || kind === "forbidden" || error instanceof NotShown;
    const found = code === undefined || isUnanswered ? message : `the API refuses it with ${code}`;
    return { subject, says, verdict: isUntried ? "not tried" : "disagrees", found };
  }
}
