/** Rows in the order in which they were added, found by key or by a unique name in constant time. */
export interface Collection<Row, Name extends string = never> {
  count(): number;
  get(key: string): Row | undefined;
  find(name: Name, value: string): Row | undefined;
  /** Adds the row, or replaces the one of the same key in its place. */
  put(row: Row): void;
  remove(key: string): void;
  rows(): Iterable<Row>;
  /** Rows that were added after the one of that serial number, each with its own serial number. */
  since(serial: number): Iterable<{ serial: number; row: Row }>;
}

interface Entry<Row> {
  serial: number;
  row: Row;
}

/** Makes a collection of rows that have a key, and further names that must stay unique. */
export function collection<Row, Name extends string = never>(
  keyOf: (row: Row) => string,
  names: Record<Name, (row: Row) => string>,
  rows: Iterable<Row> = [],
): Collection<Row, Name> {
  const entries = new Map<string, Entry<Row>>();
  const indexes = createIndexes(names);
  const { put, remove } = writers(entries, indexes, keyOf);
  for (const row of rows) put(row);
  return {
    put,
    remove,
    count: () => entries.size,
    get: (key) => entries.get(key)?.row,
    find: (name, value) => entries.get(indexes.lookup(name, value) ?? "")?.row,
    *rows() {
      for (const { row } of entries.values()) yield row;
    },
    *since(serial) {
      for (const entry of entries.values()) if (entry.serial > serial) yield entry;
    },
  };
}

function writers<Row>(entries: Map<string, Entry<Row>>, indexes: Indexes<Row>, keyOf: (row: Row) => string) {
  let lastSerial = 0;
  return {
    put(row: Row): void {
      const key = keyOf(row);
      const old = entries.get(key);
      if (old) indexes.remove(old.row);
      indexes.add(row, key);
      entries.set(key, { serial: old?.serial ?? ++lastSerial, row });
    },
    remove(key: string): void {
      const old = entries.get(key);
      if (old) indexes.remove(old.row);
      entries.delete(key);
    },
  };
}

interface Indexes<Row> {
  add(row: Row, key: string): void;
  remove(row: Row): void;
}

function createIndexes<Row, Name extends string>(names: Record<Name, (row: Row) => string>) {
  const all = (Object.keys(names) as Name[]).map((name) => ({
    name,
    valueOf: names[name],
    keys: new Map<string, string>(),
  }));
  return {
    lookup: (name: Name, value: string) => all.find((index) => index.name === name)?.keys.get(value),
    add: (row: Row, key: string) => all.forEach((index) => index.keys.set(index.valueOf(row), key)),
    remove: (row: Row) => all.forEach((index) => index.keys.delete(index.valueOf(row))),
  };
}
