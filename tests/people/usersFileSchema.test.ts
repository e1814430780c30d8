import Ajv from "ajv8";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parse } from "yaml";
import { openPeopleFile, withPeople } from "../../cli/adopt/peopleFile";
import { account, kinds, type Place, placeOf } from "../../people/people";
import { readPeople } from "../../people/readPeople";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { repository } from "../../scripts/toolchain/place";
import { sampleUsers } from "../support/sampleUsers";

linkOwnName();
const schemaFile = createRequire(__filename).resolve("pulumi-alicloud-users/users.schema.json");
const validate = new Ajv({ strict: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(schemaFile, "utf8")) as object,
);

/** What the schema says of a text in YAML, by the paths of what is wrong. */
function complaints(text: string): string[] {
  validate(parse(text));
  return (validate.errors ?? []).map(({ instancePath }) => instancePath);
}

/** The file that `adopt` writes for one user of each kind. */
function adopted(): string {
  const places = new Map<string, Place>([["ram", account]]);
  for (const kind of ["bastionhost", "eiam"]) places.set(kind, placeOf(kinds.get(kind)!, `${kind}-demo`));
  const users = sampleUsers.map(({ kind, one }, at) => {
    const { instanceId: _, password: __, ...values } = one;
    const place = [...places].find(([, { resource }]) => resource.type === kind)![0];
    return { place, id: `${at}`, values: { adopt: kind === "EiamUser" ? "user_a1" : "17", ...values } };
  });
  const person = { key: "constructor", whyNot: "looks like a machine", users };
  return withPeople(openPeopleFile(path.join(repository, "none.yaml")), places, [person]);
}

test("the schema takes what adopt writes, which names the file of the schema", () => {
  const text = adopted();
  expect(complaints(text)).toEqual([]);
  const [, named] = /^# yaml-language-server: \$schema=\.\/node_modules\/pulumi-alicloud-users\/(.*)$/m.exec(
    text,
  )!;
  expect(path.join(repository, named!)).toBe(schemaFile);
});

test("the schema takes the file of docs/people.md", () => {
  const [, text] = /```yaml\n([^]*?)```/.exec(readFileSync(path.join(repository, "docs/people.md"), "utf8"))!;
  expect(complaints(text!)).toEqual([]);
});

test("a file in JSON may name its schema", () => {
  const text = JSON.stringify({
    $schema: "./users.schema.json",
    people: { ann: { ram: { userName: "ann" } } },
  });
  expect(complaints(text)).toEqual([]);
  expect(readPeople("users.json", new TextEncoder().encode(text), {}).people).toHaveLength(1);
});

test("the schema takes a secret of the configuration", () => {
  expect(
    complaints("people: { ann: { staff: { username: ann, password: { config: annPassword } } } }"),
  ).toEqual([]);
});

test.each([
  ["no people", "directories: {}", ""],
  ["a word that is none", "peple: {}\npeople: {}", ""],
  ["an attribute that is none", "people: { ann: { ram: { userNam: ann } } }", "/people/ann/ram"],
  ["a value of the wrong kind", "people: { ann: { ram: { userName: true } } }", "/people/ann/ram/userName"],
  ["a day that is none", "people: { ann: { until: tomorrow } }", "/people/ann/until"],
  ["a user without its name", "people: { ann: { ram: { displayName: Ann } } }", "/people/ann/ram"],
  ["a directory without its instance", "directories: { staff: {} }\npeople: {}", "/directories/staff"],
])("the schema refuses a file with %s", (_what, text, place) => {
  expect(complaints(text)).toContain(place);
});
