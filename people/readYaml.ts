import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from "yaml";
import type { Values } from "../provider/core/wire";
import { isDay, isTimeZone } from "./days";
import { account, kinds, ownWords, type People, type Person, type Place, placeOf } from "./people";
import type { Position, Problem } from "./problems";

/** A pair of a map: its key, the node of it, and its value. */
interface Entry {
  key: string;
  value: unknown;
  at: Position;
  node: Node | null;
}

/** Reads a file of people in YAML or JSON, and notes what is wrong with it. */
export function readYaml(text: string, problems: Problem[]): People {
  const lines = new LineCounter();
  // A key is a text, whatever number it looks like. The parser would compare each key with all those before it.
  const document = parseDocument(text, { lineCounter: lines, stringKeys: true, uniqueKeys: false });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  for (const { message, pos } of document.errors)
    problems.push({ ...at(pos[0]), text: message.split(/ at line |\n/)[0] as string });
  visit(document, {
    Map: (_, map) => noteDoubled(map, (offset, text) => problems.push({ ...at(offset), text })),
  });
  return problems.length > 0
    ? { places: new Map(), timeZone: "UTC", people: [] }
    : new YamlReader(document, at, problems).read();
}

function noteDoubled({ items }: YAMLMap, note: (offset: number, text: string) => void): void {
  const seen = new Set<string>();
  for (const { key } of items as YAMLMap<Node | null>["items"]) {
    const name = String(key);
    if (seen.has(name)) note(key?.range?.[0] ?? 0, `The key "${name}" stands here twice.`);
    seen.add(name);
  }
}

class YamlReader {
  private readonly places = new Map<string, Place>([["ram", account]]);
  private timeZone = "UTC";

  constructor(
    private readonly document: Document.Parsed,
    private readonly at: (offset: number) => Position,
    private readonly problems: Problem[],
  ) {}

  read(): People {
    const start = { line: 1, column: 1 };
    const top = this.entries(this.document.contents, start, "the file");
    for (const { key, at } of top)
      if (!["$schema", "directories", "people", "timeZone"].includes(key))
        this.note(at, `"${key}" is not known here. A file has directories, people and timeZone.`);
    const find = (name: string): Entry | undefined => top.find(({ key }) => key === name);
    const zone = find("timeZone");
    if (zone && !isTimeZone(String(zone.value)))
      this.note(zone.at, `timeZone: there is no time zone "${String(zone.value)}".`);
    else if (zone) this.timeZone = String(zone.value);
    const directories = find("directories");
    if (directories)
      for (const entry of this.entries(directories.node, directories.at, "directories")) this.place(entry);
    const people = find("people");
    if (!people) this.note(start, "The file has no people.");
    const entries = people ? this.entries(people.node, people.at, "people") : [];
    return {
      places: this.places,
      timeZone: this.timeZone,
      people: entries.map((entry) => this.person(entry)),
    };
  }

  private place({ key, node, at }: Entry): void {
    const words = this.entries(node, at, key);
    const [kind, ...more] = words.filter(({ key: word }) => kinds.has(word));
    const region = words.find(({ key: word }) => word === "regionId");
    const resource = kind && kinds.get(kind.key);
    if (!kind || !resource || more.length > 0 || kind.key === "ram" || [...ownWords, "ram"].includes(key))
      return this.note(
        at,
        `"${key}" has to be { bastionhost: <id> } or { eiam: <id> }, under a name of its own.`,
      );
    this.places.set(key, placeOf(resource, String(kind.value), region && String(region.value)));
  }

  private person({ key, node, at }: Entry): Person {
    const words = this.entries(node, at, key);
    const own = Object.fromEntries(words.map((word) => [word.key, word]));
    const users = words.filter((word) => !ownWords.includes(word.key));
    for (const { key: place, at: where } of users)
      if (!this.places.has(place))
        this.note(
          where,
          `${key}: there is no directory "${place}". It has: ${[...this.places.keys()].join(", ")}.`,
        );
    return {
      key,
      at,
      take: !["no", false].includes(own.take?.value as string),
      from: this.day(key, own.from),
      until: this.day(key, own.until),
      users: users
        .filter(({ key: place }) => this.places.has(place))
        .map((user) => ({ place: user.key, values: this.values(user), at: user.at })),
    };
  }

  private values(user: Entry): Values {
    return Object.fromEntries(
      this.entries(user.node, user.at, user.key).map(({ key, value }) => [key, value]),
    );
  }

  private day(person: string, entry: Entry | undefined): string | undefined {
    if (entry === undefined || isDay(String(entry.value))) return entry && String(entry.value);
    this.note(
      entry.at,
      `${person}: ${entry.key} has to be a day such as 2026-12-31, not "${String(entry.value)}".`,
    );
    return undefined;
  }

  private entries(node: unknown, at: Position, name: string): Entry[] {
    if (!isMap(node)) {
      this.note(at, `${name} has to be a map.`);
      return [];
    }
    const { document } = this;
    return (node as YAMLMap<Node, Node | null>).items.map(({ key, value }) => ({
      key: String(isScalar(key) ? key.value : key),
      // Most maps are read by their nodes alone.
      get value() {
        return value?.toJS(document);
      },
      at: this.at(key.range?.[0] ?? 0),
      node: value,
    }));
  }

  private note(at: Position, text: string): void {
    this.problems.push({ ...at, text });
  }
}
