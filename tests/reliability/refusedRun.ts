import { setTimeout as sleep } from "node:timers/promises";
import { ruleOf } from "./data/outcomes";
import type { Write } from "./data/writes";
import { accountEnv, type LivedCell, meetFault } from "./livedCell";
import type { ProviderRun } from "./providerRun";
import { openRelay, type RefusingRelay } from "./refusingRelay";

/** How long connections are refused where the second try is to get through; shorter than the wait before it. */
const refusedMs = 80;

interface RefusedRun {
  /** The emulator's URL. */
  target: string;
  start: (env: NodeJS.ProcessEnv, endpoints: Record<string, string>) => Promise<ProviderRun>;
  cells: readonly LivedCell[];
}

const endpointKeys = { Ram: "ram", Bastionhost: "bastionhost", Eiam: "eiam" } as const;

/**
 * Runs the cells in which nothing goes wrong, and then those whose connection is refused when the write is due. That is
 * a matter of the address, so each product has one of its own, and its cells come one after the other.
 */
export async function refuseInTurns({ target, start, cells }: RefusedRun): Promise<void> {
  const relays = {
    Ram: await openRelay(target),
    Bastionhost: await openRelay(target),
    Eiam: await openRelay(target),
  };
  const endpoints = Object.entries(relays).map(([product, { url }]) => [
    endpointKeys[product as keyof typeof endpointKeys],
    url,
  ]);
  const started = await start(accountEnv, Object.fromEntries(endpoints));
  try {
    const products = Object.entries(relays).map(([product, relay]) =>
      refuseProduct(
        started,
        relay,
        cells.filter(({ cell }) => cell.write.product === product),
      ),
    );
    await Promise.all(products);
  } finally {
    await started.stop();
    Object.values(relays).forEach((relay) => relay.close());
  }
}

async function refuseProduct(
  started: ProviderRun,
  relay: RefusingRelay,
  cells: readonly LivedCell[],
): Promise<void> {
  const callsBefore = new Map<Write, number>();
  for (const lived of cells.filter(({ cell }) => cell.fault === "none")) {
    await meetFault(started, lived, () => relay.passed());
    const { write } = lived.cell;
    // What a process asks once in its life was asked by the first of the two cells.
    callsBefore.set(write, relay.passed().indexOf(write.action));
  }
  for (const lived of cells.filter(({ cell }) => cell.fault === "refused")) {
    const answers = callsBefore.get(lived.cell.write) as number;
    // A call that is not repeated has no second try, which could get through.
    const isBrief = lived.cell.on === "first" && ruleOf(lived.cell).outcome === "done";
    let accepted: Promise<void> | undefined;
    await meetFault(started, lived, () => {
      const isRefusing = relay.refuseAfter(answers);
      if (isBrief) accepted = isRefusing.then(() => sleep(refusedMs)).then(() => relay.accept());
    });
    await (accepted ?? relay.accept());
  }
}
