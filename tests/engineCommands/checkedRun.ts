import type { Outcome } from "../support/stack";
import { reportOf } from "../e2e/outcome";
import { type Declared, nameField, urnsOf } from "./program";
import { type Held, isLive, personOf, type Scene, type StackName, stacks, type World } from "./world";

/** A change of a person whom a program declares. */
interface Change {
  user: Declared;
  stack: StackName;
  urns: string[];
  what: string;
  /** What the preview has to say on the rows of these resources. */
  isTold: (row: Row) => boolean;
}

/** What a preview says of a resource. */
interface Row {
  ops: string[];
  messages: string[];
}

const removes = ({ ops }: Row): boolean => ops.some((op) => /delete|replace|^create$/.test(op));

/**
 * Runs `up`, `refresh` or `destroy` of a stack and expects that nobody whom a program declares is removed or becomes another
 * person, unless the preview of that run has said so of that very resource.
 */
export async function checkedRun(world: World, stack: StackName, args: string[]): Promise<Outcome> {
  const [command, ...options] = args as [string, ...string[]];
  const back = await world.remember();
  const before = await world.look();
  const outcome = await world.runIn(stack, [command, "--yes", "--skip-preview", ...options]);
  const after = await world.look();
  const changes = changesOf(world, stack, before, after);
  if (changes.length > 0) {
    const forth = await world.remember();
    await back();
    const rows = await previewOf(world, stack, args);
    // After a preview that fails, nobody runs the command.
    const untold = rows ? changes.filter(({ urns, isTold }) => !urns.some((urn) => isTold(rows(urn)))) : [];
    if (untold.length > 0) throw new Error(complaint(untold, { world, stack, args, outcome, before, after }));
    await forth();
  }
  noteRun(world, stack, after);
  if (outcome.exitCode === 0 && command === "up" && options.every((option) => !option.startsWith("--target")))
    expectEverybody(world, stack, after, { args, outcome, before });
  return outcome;
}

/** Counts this run of a stack, and from which run on it has each person. */
function noteRun({ history }: World, stack: StackName, after: Scene): void {
  const run = Math.max(...stacks.map((name) => history[name].lastRun)) + 1;
  const { since } = history[stack];
  const entries = after.held[stack].map((held) => [personOf(held), since[personOf(held)] ?? run]);
  history[stack] = { lastRun: run, since: Object.fromEntries(entries) as Record<string, number> };
}

async function previewOf(
  world: World,
  stack: StackName,
  args: string[],
): Promise<((urn: string) => Row) | undefined> {
  const [command, ...all] = args as [string, ...string[]];
  // No preview goes on after an error.
  const options = all.filter((option) => option !== "--continue-on-error");
  const told =
    command === "up"
      ? await world.runIn(stack, ["preview", "--json", ...options])
      : await world.runIn(stack, [command, "--preview-only", "--json", ...options]);
  if (told.exitCode !== 0) return undefined;
  const { steps = [], diagnostics = [] } = reportOf(told);
  return (urn) => ({
    ops: steps.filter((step) => step.urn === urn).map(({ op }) => op),
    messages: diagnostics.filter((each) => each.urn === urn).map(({ message }) => message),
  });
}

/** What this run did to persons whom the programs declare. */
function changesOf(world: World, own: StackName, before: Scene, after: Scene): Change[] {
  return stacks
    .flatMap((stack) =>
      world.programs[stack].users.flatMap((user): Change[] => {
        const urns = urnsOf(stack, user);
        const had = (scene: Scene): Held[] =>
          scene.held[stack].filter((held) => urns.includes(held.urn) && isLive(held));
        const held = had(before);
        const holds = had(after);
        // A stack that has not run since another one took its person over is not known to that one: its own rows have to do.
        const takers = (id: string): string[] =>
          stack !== own && (world.history[own].since[id] ?? Infinity) > world.history[stack].lastRun
            ? before.held[own].filter((held) => personOf(held) === id).map(({ urn }) => urn)
            : [];
        const change = (what: string, isTold: Change["isTold"], id = ""): Change => ({
          user,
          stack,
          what,
          isTold,
          urns: [...urns, ...takers(id)],
        });
        const persons = [...new Set([...held, ...holds].map(personOf))].filter((id) => id in before.persons);
        const gone = persons
          .filter((id) => !(id in after.persons))
          .map((id) => change(`${id} is removed`, removes, id));
        const renamed = persons
          .filter((id) => id in after.persons && after.persons[id] !== before.persons[id])
          .map((id) =>
            change(`${id} is renamed from ${before.persons[id]} to ${after.persons[id]}`, ({ messages }) =>
              messages.some((message) => message.includes(`${nameField[user.type]}: `)),
            ),
          );
        const was = held[0];
        const is = holds[0];
        const becomes =
          was && is && personOf(was) !== personOf(is)
            ? [change(`the resource of ${personOf(was)} has ${personOf(is)} now`, removes)]
            : [];
        return [...gone, ...renamed, ...becomes];
      }),
    )
    .concat(strangersOf(own, before, after));
}

/** Nobody touches those whom no resource has. */
function strangersOf(stack: StackName, before: Scene, after: Scene): Change[] {
  const everyone = [before, after].flatMap(({ held }) => stacks.flatMap((name) => held[name]));
  const known = new Set(everyone.map(personOf));
  return Object.keys(before.persons)
    .filter((id) => !known.has(id) && before.persons[id] !== after.persons[id])
    .map((id) => ({
      user: {} as Declared,
      stack,
      urns: [""],
      isTold: () => false,
      what: `${id}, a stranger, was ${before.persons[id]} and is ${after.persons[id] ?? "removed"}`,
    }));
}

/** After an `up` that succeeded, everybody is in the account under the declared name, and no two resources have one person. */
function expectEverybody(
  world: World,
  stack: StackName,
  after: Scene,
  told: { args: string[]; outcome: Outcome; before: Scene },
): void {
  const live = after.held[stack].filter(isLive);
  const faults = world.programs[stack].users.flatMap((user) => {
    const [urn] = urnsOf(stack, user);
    const held = live.find((each) => each.urn === urn);
    if (!held) return [`${urn} is declared and not in the state`];
    const name = after.persons[personOf(held)];
    return name === user.name ? [] : [`${urn} is ${name ?? "gone"}, and ${user.name} is declared`];
  });
  const twice = live.filter((held) => live.some((other) => other !== held && other.id === held.id));
  const all = [...faults, ...twice.map(({ urn, id }) => `${urn} has ${id}, which another one has`)];
  if (all.length > 0)
    throw new Error([`A green up left:`, ...all, describe({ ...told, world, stack, after })].join("\n"));
}

interface Told {
  world: World;
  stack: StackName;
  args: string[];
  outcome: Outcome;
  before: Scene;
  after: Scene;
}

const complaint = (untold: Change[], told: Told): string =>
  [
    "No preview said:",
    ...untold.map(({ what, stack, urns }) => `${stack} ${urns[0]}: ${what}`),
    describe(told),
  ].join("\n");

function describe({ world, stack, args, outcome, before, after }: Told): string {
  const scene = ({ persons, held }: Scene): string =>
    JSON.stringify({
      persons,
      held: Object.fromEntries(
        stacks.map((name) => [name, held[name].map(({ urn, id, delete: gone }) => [urn, id, gone])]),
      ),
    });
  return [
    `run in ${stack}: ${args.join(" ")} -> ${outcome.exitCode}`,
    JSON.stringify(world.programs),
    `before ${scene(before)}`,
    `after ${scene(after)}`,
    outcome.stdout,
    outcome.stderr,
  ].join("\n");
}
