import { findOnPath, yamlHost } from "../../scripts/toolchain/place";
import { findToolchain } from "../../scripts/toolchain/toolchain";
import type { Outcome } from "../../tests/support/stack";
import { type Bench, latencyMs, onStack } from "../bench/onStack";
import { onOpenTofu } from "./openTofu";
import { users, yamlUsers } from "../bench/programs";
import { ratio } from "../bench/ratio";
import type { Figure } from "../bench/report";
import { seconds } from "../bench/seconds";

const count = 1000;

/** One tool that makes the users, and then compares them with the account. */
interface Contestant {
  name: string;
  /** The highest ratios to OpenTofu of the two commands, where they are bounded. */
  bounds?: { create?: number; compare?: number };
  run(bench: Bench, measure: (commands: Commands) => Promise<void>): Promise<void>;
}

interface Commands {
  create: () => Promise<Outcome>;
  compare: () => Promise<Outcome>;
}

/** Seconds and calls of each round. */
interface Measured {
  create: number[];
  compare: number[];
  createCalls: number;
  compareCalls: number;
}

const openTofu: Contestant = {
  name: "OpenTofu",
  run: (bench, measure) =>
    onOpenTofu(bench, count, ({ apply, plan }) => measure({ create: apply, compare: plan })),
};

const ours = (frontend: "dynamic" | "YAML", checkpoints: "on" | "off", bounds = {}): Contestant => ({
  name: `${frontend === "YAML" ? "YAML, plugin" : "TypeScript, dynamic"}, checkpoints ${checkpoints}`,
  bounds,
  run: (bench, measure) => {
    const program = frontend === "YAML" ? { yaml: yamlUsers(count) } : { source: users("Ram", count) };
    const env: Record<string, string> = checkpoints === "off" ? { PULUMI_SKIP_CHECKPOINTS: "true" } : {};
    return onStack(bench, (stack) => measure({ create: stack.up, compare: stack.preview }), {
      ...program,
      env,
    });
  },
});

/** `up` and preview of RAM users beside OpenTofu's apply and plan, in turn, each tool with its own defaults. */
export async function peerFigures(bench: Bench): Promise<Figure[]> {
  const contestants = [
    ours("dynamic", "on", { compare: 0.5 }),
    ours("dynamic", "off", { create: 0.4, compare: 0.5 }),
    ...((await hasYaml()) ? [ours("YAML", "on"), ours("YAML", "off")] : []),
  ];
  const all = [openTofu, ...contestants];
  const measured = new Map(all.map(({ name }) => [name, nothing()]));
  for (let round = 0; round < (bench.full ? 3 : 1); round++)
    for (const contestant of all) await measureOnce(bench, contestant, measured.get(contestant.name)!);
  const theirs = measured.get(openTofu.name)!;
  return [
    calls(`plan of ${count} RAM users, ${openTofu.name}`, theirs.compareCalls),
    calls(`apply of ${count} new RAM users, ${openTofu.name}`, theirs.createCalls),
    ...contestants.flatMap(({ name, bounds = {} }) => {
      const own = measured.get(name)!;
      return [
        ratio(
          `preview of ${count} RAM users against plan, ${name}`,
          { ours: own.compare, theirs: theirs.compare },
          bounds.compare,
        ),
        ratio(
          `up of ${count} new RAM users against apply, ${name}`,
          { ours: own.create, theirs: theirs.create },
          bounds.create,
        ),
        calls(`preview of ${count} RAM users, ${name}`, own.compareCalls),
        calls(`up of ${count} new RAM users, ${name}`, own.createCalls),
      ];
    }),
  ];
}

/** In an empty account, then in one that has the users. */
async function measureOnce(bench: Bench, { name, run }: Contestant, into: Measured): Promise<void> {
  const { control } = bench.emulator;
  bench.progress(`peers: ${count} RAM users, ${name}`);
  await control.reset();
  await control.settings({ latencyMs, userQuota: {} });
  await run(bench, async ({ create, compare }) => {
    await control.forgetCalls();
    into.create.push(await seconds(create()));
    into.createCalls = (await control.calls()).total;
    await control.forgetCalls();
    into.compare.push(await seconds(compare()));
    into.compareCalls = (await control.calls()).total;
  });
}

async function hasYaml(): Promise<boolean> {
  const toolchain = await findToolchain();
  return toolchain !== undefined && findOnPath(yamlHost, toolchain.env) !== undefined;
}

const nothing = (): Measured => ({ create: [], compare: [], createCalls: NaN, compareCalls: NaN });

const calls = (what: string, value: number): Figure => ({ name: `calls of ${what}`, value, unit: "calls" });
