import { endOf, stageOf } from "../../people/days";
import { keyOf } from "../../people/keys";
import type { MapRow } from "../../people/options";
import { readPeople } from "../../people/readPeople";
import { argumentsOn, planDay } from "../../people/stages";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const map: MapRow = ({ id = "", login, mail, last }) => ({
  key: id,
  until: last,
  staff: { eiam: "idaas_demo0001", username: login, email: mail, emailVerified: true },
});

const said = (text: string, file = "hr.csv", options = {}): string => {
  try {
    readPeople(file, bytes(text), { map, ...options });
    return "nothing";
  } catch (error) {
    return (error as Error).message;
  }
};

const header = "id,login,mail,last";
const good = `${header}\n007,ann,ann@example.com,2026-12-31\n008,bob,bob@example.com,\n`;

test.each([
  ["commas", good],
  ["semicolons", good.replaceAll(",", ";")],
  ["tabs, a mark and Windows' line ends", `\uFEFF${good.replaceAll(",", "\t").replaceAll("\n", "\r\n")}`],
  ["empty rows at its end", `${good},,,\n,,,\n`],
])("a table with %s is read", (_what, text) => {
  const { people } = readPeople("hr.csv", bytes(text), { map });
  expect(people.map(({ key, until }) => [key, until])).toEqual([
    ["007", "2026-12-31"],
    ["008", undefined],
  ]);
});

test("a table in GB18030 is read", () => {
  const text = [...bytes("id,login,mail,last,name\n7,ann,a@example.com,,")];
  const { people } = readPeople("hr.csv", Uint8Array.from([...text, 0xc0, 0xee, 0xc0, 0xd7]), {
    map: (row) => ({ ...map(row), key: row.name! }),
  });
  expect(people[0]!.key).toBe("李雷");
});

test.each([
  ["a cut row", good.slice(0, good.indexOf("bob@")), "hr.csv:3:1 The row has 3 cells, and the first line 4."],
  ["a cut quote", `${header}\n7,"ann`, "hr.csv:2:3 A quote that begins here has no end."],
  ["swapped columns", good.replace("ann,ann@example.com", "ann@example.com,ann"), "hr.csv:2:1 007, staff: "],
  ["a lost column", good.replace("login", "name"), 'hr.csv:2:1 There is no column "login".'],
  [
    "a number of Excel",
    good.replace("007", "1.38E+10"),
    'hr.csv:2:1 id "1.38E+10": a spreadsheet has turned',
  ],
  [
    "a key without its zeros",
    good.replace("008", "8"),
    'hr.csv:3:1 The key "8" has fewer digits than others: a spreadsheet may have taken its leading zeros. Write "008"',
  ],
  [
    "full-width digits",
    good.replace("2026-12-31", "２０２６－１２－３１"),
    'hr.csv:2:25 last "２０２６－１２－３１": full-width digits. Write "2026-12-31".',
  ],
  [
    "a date as a number",
    good.replace("2026-12-31", "46387"),
    'until has to be a day such as 2026-12-31, not "46387"',
  ],
  ["a doubled header", good.replace("mail", "login"), 'hr.csv:1:10 The column "login" stands here twice.'],
  ["a doubled key", good.replace("008,bob", "007,bob"), 'hr.csv:3:1 The key "007" stands here twice.'],
  [
    "a doubled name",
    good.replace("008,bob", "008,ann"),
    "hr.csv:3:1 008, staff: 007 has the same name there.",
  ],
  ["nothing", "", "hr.csv holds 0 people, and has to hold 1 at least."],
  ["the header alone", header, "hr.csv holds 0 people"],
])("a table with %s is refused with its line and column", (_what, text, sentence) => {
  expect(said(text)).toContain(sentence);
});

test("numbers of different lengths are keys, and a name may hold full-width digits", () => {
  const text = `${header}\n7,ann２,a@example.com,\n1200,bob,b@example.com,\n`;
  const { people } = readPeople("hr.csv", bytes(text), {
    map: ({ id = "", login }) => ({
      key: id,
      staff: { eiam: "idaas_demo0001", username: id, displayName: login },
    }),
  });
  expect(people.map(({ key }) => key)).toEqual(["7", "1200"]);
});

test("fewer people than the minimum are refused", () => {
  expect(said(good, "hr.csv", { minimum: 3 })).toContain("holds 2 people, and has to hold 3 at least");
});

test.each([
  [
    "an attribute that is none",
    "people:\n  ann:\n    ram: { userNam: ann }\n",
    'users.yaml:3:5 ann, ram: "userNam" is not',
  ],
  [
    "a directory that is none",
    "people:\n  ann:\n    staf: { username: ann }\n",
    'users.yaml:3:5 ann: there is no directory "staf"',
  ],
  [
    "a day that is none",
    "people:\n  ann:\n    until: 2026-02-30\n    ram: { userName: ann }\n",
    "users.yaml:3:5 ann: until",
  ],
  [
    "a doubled key",
    "people:\n  ann:\n    ram: { userName: a }\n  ann:\n    ram: { userName: b }\n",
    'users.yaml:4:3 The key "ann" stands here twice.',
  ],
  [
    "a doubled attribute",
    "people:\n  ann:\n    ram: { userName: a, userName: b }\n",
    'users.yaml:3:25 The key "userName" stands here twice.',
  ],
  ["no people", "directories: {}\n", "users.yaml:1:1 The file has no people."],
])("a file with %s is refused with its line and column", (_what, text, sentence) => {
  expect(said(text, "users.yaml")).toContain(sentence);
});

test("the year of a person passes through its stages", () => {
  const text = `timeZone: Asia/Shanghai
directories:
  bastion: { bastionhost: bastionhost-cn-demo0001 }
people:
  ann:
    ram: { userName: ann }
    bastion: {}
    from: 2026-02-01
    until: 2026-12-31
`;
  const people = readPeople("users.yaml", bytes(text), {});
  const on = (asOf: string) => planDay(people, { asOf });
  expect(on("2026-01-31").people).toEqual([]);
  expect(on("2026-02-01").people.map(({ stage }) => stage)).toEqual(["active"]);
  expect(on("2026-12-31").sentence).toBe("as of 2026-12-31 (Asia/Shanghai): 1 active");
  expect(on("2027-01-01").people.map(({ stage }) => stage)).toEqual(["locked"]);
  expect(on("2027-01-30").people.map(({ stage }) => stage)).toEqual(["locked"]);
  expect(on("2027-01-31").sentence).toBe("as of 2027-01-31 (Asia/Shanghai): 0 active, 1 deleted");
  const [person] = people.people;
  const bastion = people.places.get("bastion")!;
  const rest = { timeZone: "Asia/Shanghai" };
  const ends = {
    instanceId: "bastionhost-cn-demo0001",
    effectiveEndTime: Date.parse("2026-12-31T16:00:00Z") / 1000,
  };
  expect(argumentsOn(person!, bastion, {}, { stage: "active", ...rest })).toEqual(ends);
  expect(argumentsOn(person!, bastion, {}, { stage: "locked", ...rest })).toEqual({ ...ends, locked: true });
});

test("a day ends at its midnight, also where the clocks change", () => {
  expect(endOf("2026-03-28", "Europe/Berlin")).toBe(Date.parse("2026-03-28T23:00:00Z") / 1000);
  expect(endOf("2026-03-29", "Europe/Berlin")).toBe(Date.parse("2026-03-29T22:00:00Z") / 1000);
  expect(stageOf({}, "2026-01-01", 30)).toBe("active");
});

test("keys are safe as names of resources and of properties, and clash with none", () => {
  expect(keyOf("constructor", new Set())).toBe("user-constructor");
  expect(keyOf("__proto__", new Set())).toBe("user-__proto__");
  expect(keyOf("o'brien", new Set(["o-brien"]))).toBe("o-brien-2");
  expect(keyOf("李雷", new Set())).toBe("李雷");
});

test("10,000 people are read in under a second", () => {
  const rows = Array.from(
    { length: 10_000 },
    (_, number) => `${number},user${number},u${number}@example.com,`,
  );
  const began = process.cpuUsage();
  expect(readPeople("hr.csv", bytes([header, ...rows].join("\n")), { map }).people).toHaveLength(10_000);
  const { user, system } = process.cpuUsage(began);
  expect(user + system).toBeLessThan(1_000_000);
});
