import { type Cell, cellsOf } from "./cells";
import { isDay } from "./days";
import type { MapRow, Row } from "./options";
import { account, type DeclaredUser, kinds, type People, type Person, type Place, placeOf } from "./people";
import type { Position, Problem } from "./problems";

/** Reads a table whose first line names its columns, makes a person of each row, and notes what is wrong. */
export function readTable(bytes: Uint8Array, map: MapRow | undefined, problems: Problem[]): People {
  if (!map) throw new Error("A table needs the option map, which makes a person of each of its rows.");
  const [header = [], ...rows] = cellsOf(decode(bytes), problems);
  const reader = new TableReader(header, map, problems);
  // A spreadsheet leaves rows without anything behind the last one.
  for (const row of rows) if (row.some(({ text }) => text.trim() !== "")) reader.row(row);
  problems.push(...lostZeros(reader.keyCells));
  return reader.people;
}

class TableReader {
  readonly people: People & { people: Person[] } = {
    places: new Map<string, Place>([["ram", account]]),
    timeZone: "UTC",
    people: [],
  };
  /** The cells that are the keys of their rows. */
  readonly keyCells: Cell[] = [];
  private readonly names: string[];

  constructor(
    header: readonly Cell[],
    private readonly map: MapRow,
    private readonly problems: Problem[],
  ) {
    this.names = header.map(({ text }) => text.trim());
    header.forEach((cell, at) => {
      const name = this.names[at] as string;
      if (name === "") this.note(cell, "A column has no name.");
      else if (this.names.indexOf(name) !== at) this.note(cell, `The column "${name}" stands here twice.`);
    });
  }

  row(row: readonly Cell[]): void {
    const { length } = this.names;
    const [first] = row as [Cell];
    if (row.length !== length)
      return this.note(
        first,
        `The row has ${row.length} cells, and the first line ${length}. It may be cut off.`,
      );
    row.forEach((cell, at) => {
      const trap = trapOf(cell.text);
      if (trap !== undefined) this.note(cell, `${this.names[at]} ${JSON.stringify(cell.text)}: ${trap}`);
    });
    try {
      const person = this.map(this.valuesOf(row));
      this.keyCells.push(...row.filter(({ text }) => text === person.key).slice(0, 1));
      this.person(person, first);
    } catch (error) {
      const { message } = error as Error;
      // A column that the file lacks is told once.
      if (!this.problems.some(({ text }) => text === message)) this.note(first, message);
    }
  }

  private valuesOf(row: readonly Cell[]): Readonly<Record<string, string>> {
    const { names } = this;
    const values = Object.fromEntries(row.map(({ text }, at) => [names[at] as string, text]));
    return new Proxy(values, {
      get(target, name) {
        if (typeof name === "string" && !Object.hasOwn(target, name))
          throw new Error(`There is no column "${name}". The file has: ${names.join(", ")}.`);
        return Reflect.get(target, name) as unknown;
      },
    });
  }

  private person({ key, take = true, from, until, ...users }: Row, at: Position): void {
    const { people, places } = this.people;
    if (typeof key !== "string" || key.trim() === "") return this.note(at, "The row has no key.");
    if (this.keys.has(key)) this.note(at, `The key "${key}" stands here twice.`);
    this.keys.add(key);
    for (const [word, day] of Object.entries({ from, until }))
      if (day && !isDay(day))
        this.note(at, `${key}: ${word} has to be a day such as 2026-12-31, not ${JSON.stringify(day)}.`);
    const declared = Object.entries(users).flatMap(([name, value]): DeclaredUser[] => {
      if (value === undefined) return [];
      const { bastionhost, eiam, ...values } = value as Record<string, unknown>;
      const kind = bastionhost === undefined ? "eiam" : "bastionhost";
      const instance = bastionhost ?? eiam;
      if (name !== "ram" && instance === undefined)
        this.note(at, `${key}: ${name} needs the instance, as bastionhost: "<id>" or eiam: "<id>".`);
      else if (name !== "ram") places.set(name, placeOf(kinds.get(kind)!, String(instance)));
      const given = Object.entries(values).filter(([, each]) => each !== undefined && each !== "");
      return [{ place: name, values: Object.fromEntries(given), at }];
    });
    people.push({ key, take, from: from || undefined, until: until || undefined, users: declared, at });
  }

  private readonly keys = new Set<string>();

  private note({ line, column }: Position, text: string): void {
    this.problems.push({ line, column, text });
  }
}

/** The keys in digits that are shorter than those that begin with a zero, where these have one length. */
function lostZeros(keys: readonly Cell[]): Problem[] {
  const digits = keys.filter(({ text }) => /^\d+$/.test(text));
  const lengths = new Set(digits.filter(({ text }) => text.startsWith("0")).map(({ text }) => text.length));
  const [length = 0, ...others] = lengths;
  if (others.length > 0) return [];
  return digits
    .filter(({ text }) => text.length < length)
    .map(({ line, column, text }) => ({
      line,
      column,
      text: `The key "${text}" has fewer digits than others: a spreadsheet may have taken its leading zeros. Write "${text.padStart(length, "0")}", and format the column as text.`,
    }));
}

/** What a spreadsheet has made of a value; nothing where it looks as somebody has written it. */
function trapOf(text: string): string | undefined {
  if (/^\d(?:[.,]\d+)?E\+\d+$/i.test(text))
    return "a spreadsheet has turned a number into this. Format the column as text.";
  if (/^#(REF|N\/A|VALUE|NAME|DIV\/0)[!?]?$/.test(text)) return "a spreadsheet has found no value here.";
  if (/[\uFF10-\uFF19]/.test(text) && /^[\d\uFF0B-\uFF19.+-]+$/.test(text))
    return `full-width digits. Write ${JSON.stringify(text.normalize("NFKC"))}.`;
  return text.includes("\uFFFD") ? "a character was lost. Save the file as UTF-8." : undefined;
}

/** The text of a file in UTF-8, with or without a mark at its start, or else in GB18030. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
