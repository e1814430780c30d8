import { allowances, type Brakes } from "../../api/brakes";
import { type Clock, machineClock } from "../../api/clock";
import { nameAttributeOf } from "../../core/identity";
import { showText, showValue } from "../../core/showText";
import type { ResourceState } from "../../core/state";
import type { Owner } from "../owners";
import { createRemovalWindow } from "./removalWindow";
import type { RemovalStops, Stop } from "./removalStops";
import type { RunRecord } from "../journal/runRecord";

/** A user that is about to be deleted or locked out. */
export interface Removal extends Owner {
  state: ResourceState;
}

/** The users that a run removes, counted over both frontends. */
export interface Removals {
  /**
   * What to await before a user is removed; nothing where no limit is set. It throws a sentence when more users are to be
   * removed than the run may: then none of those that came together is removed, nor any later one.
   */
  permitOf(removal: Removal, brakes: Brakes): (() => Promise<void>) | undefined;
}

/** What removals are counted with. */
export interface RemovalCounting {
  record(): RunRecord;
  stops: RemovalStops;
  clock?: Clock;
}

const facts = { asked: ["removal"], permitted: ["removal permitted"], stopped: ["removals stopped"] };

/** Counts the removals of the run that has this record. */
export function countRemovals({ record, stops, clock = machineClock }: RemovalCounting): Removals {
  const window = createRemovalWindow(clock);
  let told: string | undefined;

  /** The reason once; one cause in many rows would hide the others. */
  const refusal = (removal: Removal, reason: string): Error => {
    const subject = subjectOf(removal);
    const kept = `${subject} was not removed and stays in the state`;
    if (told !== undefined) return new Error(`${kept}, for the reason given at ${told}.`);
    told = subject;
    return new Error(`${kept}: ${reason}`);
  };

  return {
    permitOf(removal, { maxDeletes, allowedRemovals }) {
      if (maxDeletes === undefined) return undefined;
      const most = allowedRemovals ?? maxDeletes.value;
      const limit =
        allowedRemovals === undefined
          ? `alicloud-users:maxDeletes allows ${most === 0 ? "none" : `${most} in one run`} (${maxDeletes.namedBy})`
          : `${allowances.removals} allows ${most === 0 ? "none" : most}`;
      return async () => {
        const run = record();
        const earlier =
          allowedRemovals === undefined ? stopOf(stops, removal.urn, maxDeletes.value) : undefined;
        if (earlier !== undefined)
          throw refusal(
            removal,
            `alicloud-users:maxDeletes, which is ${maxDeletes.value} (${maxDeletes.namedBy}), ${earlier}, and since then ` +
              `no user of the stack is removed until somebody decides. ${wayOut(undefined)}`,
          );
        run.add(facts.asked);
        if (!run.has(facts.stopped)) await window();
        const count = run.times(facts.asked);
        const before = run.times(facts.permitted);
        if (count <= most && !run.has(facts.stopped)) {
          run.add(facts.permitted);
          if (allowedRemovals !== undefined) stops.lift(removal.urn);
          return;
        }
        if (!run.has(facts.stopped)) {
          run.add(facts.stopped);
          stops.set(removal.urn, {
            limit: maxDeletes.value,
            count,
            day: new Date().toISOString().slice(0, 10),
          });
        }
        const were = count === 1 ? "1 user was" : `at least ${count} users were`;
        const already =
          before === 0 ? "" : `; ${before} of them ${before === 1 ? "was" : "were"} removed before`;
        throw refusal(removal, `${were} to be removed, and ${limit}${already}. ${wayOut(count)}`);
      };
    },
  };
}

/** What an earlier run came to, after the name of the setting. */
function stopOf(stops: RemovalStops, urn: string | undefined, limit: number): string | undefined {
  let stop: Stop | undefined;
  try {
    stop = stops.of(urn, limit);
  } catch (error) {
    return `may have stopped an earlier run, whose note cannot be read (${showText((error as Error).message)})`;
  }
  return stop && `stopped a run on ${stop.day} that was to remove at least ${stop.count}`;
}

function wayOut(count: number | undefined): string {
  const least = count === undefined ? "" : `, at least ${count}`;
  return (
    `Check the program first. To allow the removals for one run, set ${allowances.removals} in its environment to the ` +
    `number of users that the preview removes${least}; for good, change the setting.`
  );
}

function subjectOf({ resource, state }: Removal): string {
  const name = state.values[nameAttributeOf(resource)];
  return `${resource.type} ${showValue(name)} (${showText(state.id)})`;
}
