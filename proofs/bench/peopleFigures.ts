import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseDocument } from "yaml";
import { readPeople } from "../../people/readPeople";
import { planDay } from "../../people/stages";
import type { Stack } from "../../tests/support/stack";
import { type Bench, latencyMs, onStack } from "./onStack";
import { peopleFile, usersFromFile } from "./programs";
import { ratio } from "./ratio";
import type { Figure } from "./report";
import { seed } from "./seed";
import { succeed } from "./succeed";
import { inTurn } from "./wallFigures";

/** A program whose users come from a file beside the same users by hand, and what the reading of a file takes. */
export async function peopleFigures(bench: Bench): Promise<Figure[]> {
  return [...readingFigures(), await previewFigure(bench)];
}

/** Seconds of the processor for 10,000 people; of YAML without those of the parser, which is not ours. */
function readingFigures(): Figure[] {
  const count = 10_000;
  const rows = Array.from({ length: count }, (_, i) => `user-${i},User ${i},user-${i}@example.com`);
  const map = ({ userName, displayName, email }: Readonly<Record<string, string>>) => ({
    key: userName!,
    ram: { userName, displayName, email },
  });
  const read = (file: string, text: string) => {
    const bytes = new TextEncoder().encode(text);
    return processorSeconds(() => planDay(readPeople(file, bytes, { map }), {}));
  };
  const table = read("users.csv", ["userName,displayName,email", ...rows].join("\n"));
  const text = peopleFile(count);
  const parser = processorSeconds(() => parseDocument(text, { stringKeys: true, uniqueKeys: false }));
  const yaml = read("users.yaml", text);
  const detail = `${yaml.toFixed(1)} s, of which the parser takes ${parser.toFixed(1)}`;
  return [
    { name: `reading ${count} people from a table`, value: table, unit: "s", atMost: 1 },
    {
      name: `reading ${count} people from YAML, our own`,
      value: yaml - parser,
      unit: "s",
      atMost: 1,
      detail,
    },
  ];
}

/** The quickest of three times, since the first one also compiles. */
function processorSeconds(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const began = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1e6;
  });
  return Math.min(...times);
}

async function previewFigure(bench: Bench): Promise<Figure> {
  const count = 1000;
  const { control } = bench.emulator;
  const seeded = (stack: Stack) => seed({ stack, control }, "Ram", count);
  return onStack(bench, (ours) =>
    onStack(bench, async (theirs) => {
      await seeded(theirs);
      await seeded(ours);
      await writeFile(path.join(ours.dir, "users.yaml"), peopleFile(count));
      await ours.writeProgram(usersFromFile);
      await succeed(ours.preview(["--expect-no-changes"]));
      await control.settings({ latencyMs });
      bench.progress(`people: preview of ${count} users from a file and by hand, in turn`);
      const previews = await inTurn(3, [ours, theirs], (stack) => stack.preview());
      return ratio(`preview of ${count} Ram users from a file against the same by hand`, previews, 1.1);
    }),
  );
}
