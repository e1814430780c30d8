import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import ts from "typescript";
import { resources } from "../provider/resources";
import { tableFile } from "../scripts/schema/sentences";

const root = join(__dirname, "..");

/** Every TypeScript file below a folder of the project. */
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.split(sep).includes("node_modules"))
    .map((name) => [folder, ...name.split(sep)].join("/"));

const parsed = (file: string) =>
  ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.ES2022, true);

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  node.forEachChild((child) => visit(child, see));
}

/** The folders that ship, by their layers. */
const layers = readdirSync(join(root, "provider")).map((folder) => `provider/${folder}`);

const product = ["provider", "cli", "people", "sdk", "emulator"];

test("imports go one way, in no circle, as .dependency-cruiser.cjs says", () => {
  const command = ["node_modules/.bin/depcruise", ...product, "examples", "scripts", "tests", "proofs"];
  const { stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
  expect(stdout + stderr).toMatch(/^\s*✔ no dependency violations found/);
});

/** The names and texts of a file's code, comments left out; a text is counted as a whole. */
function wordsOf(file: string): string[] {
  const words: string[] = [];
  visit(parsed(file), (node) => {
    if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) words.push(node.text);
  });
  return words;
}

/** The file of each resource. */
const tables = resources.map(({ type }) => tableFile(type));

const sources = [...layers.flatMap(filesIn), ...filesIn("cli"), ...filesIn("people"), ...filesIn("sdk")];

describe("core", () => {
  test("names no resource and no product", () => {
    const names = /\b(RamUser|BastionhostUser|EiamUser|RAM|Ram|Bastionhost|EIAM|Eiam)\b/;
    const naming = filesIn("provider/core").flatMap((file) =>
      wordsOf(file).filter((word) => names.test(word)),
    );
    expect(naming).toEqual([]);
  });

  test("never asks which resource it works on", () => {
    const comparing = filesIn("provider/core").filter((file) =>
      /\.(type|product)\s*[!=]==?|case "\w+User"/.test(parsed(file).text),
    );
    expect(comparing).toEqual([]);
  });
});

test("the vendor's codes of faults stand with their service, and those of a missing user in its table", () => {
  const codes =
    /\b(EntityNotExist|EntityAlreadyExists|DeleteConflict|UserNotFound|UserAlreadyExists)\b|OBJECT_|Throttling|Resource(NotFound|Duplicated)/;
  const naming = sources.filter((file) => wordsOf(file).some((word) => codes.test(word)));
  const isService = /^provider\/resources\/\w+\/service\.ts$/;
  expect(naming.filter((file) => !isService.test(file)).sort()).toEqual([...tables].sort());
});

test("api names no field of a user", () => {
  const naming = filesIn("provider/api").filter((file) =>
    wordsOf(file).some((word) => /^Users?(Id|Ids|Name)?$|^Username$/.test(word)),
  );
  expect(naming).toEqual([]);
});

describe("the word of an attribute", () => {
  const attributes = resources.flatMap((resource) => Object.keys(resource.attributes));

  /** The files that name an attribute besides its row, and why they have to. */
  const needed: Readonly<Record<string, readonly string[]>> = {
    // Rules between attributes.
    "provider/resources/bastionhost/rules.ts": [
      "instanceId",
      "source",
      "sourceUserId",
      "password",
      "email",
      "mobile",
      "twoFactorStatus",
      "twoFactorMethods",
      "languageStatus",
      "language",
      "effectiveStartTime",
      "effectiveEndTime",
    ],
    "provider/resources/eiam/rules.ts": [
      "phoneNumber",
      "phoneRegion",
      "phoneNumberVerified",
      "email",
      "emailVerified",
      "primaryOrganizationalUnitId",
      "organizationalUnitIds",
    ],
    // A channel, and settings of passwordInitializationConfig, which have the same names.
    "provider/resources/eiam/passwords.ts": [
      "email",
      "passwordForcedUpdateStatus",
      "userNotificationChannels",
    ],
    // The questions for the root unit.
    "provider/resources/eiam/organizationalUnits.ts": [
      "instanceId",
      "primaryOrganizationalUnitId",
      "organizationalUnitIds",
    ],
  };

  /** Words that their own resource's file uses once more. */
  const again: Readonly<Record<string, readonly string[]>> = {
    "provider/resources/ram/ramUser.ts": [],
    "provider/resources/bastionhost/bastionhostUser.ts": [
      // Names of groups, of a two-factor method, and of the password's schema.
      "email",
      "mobile",
      "password",
      "language",
      // Where a name is changed, and what can be changed in its place.
      "source",
      "displayName",
      // How a user follows a RAM user, and how it leaves.
      "sourceUserId",
      "userName",
      "effectiveEndTime",
      "locked",
    ],
    "provider/resources/eiam/eiamUser.ts": [
      // Names of groups, setters and channels.
      "description",
      "password",
      "email",
      "status",
    ],
  };

  const timesIn = (file: string, word: string) => wordsOf(file).filter((each) => each === word).length;

  test.each(tables)("stands once in %s: in its row", (file) => {
    const resource = resources.find(({ type }) => file.toLowerCase().includes(type.toLowerCase()));
    const words = Object.keys(resource?.attributes ?? {});
    expect(words.filter((word) => timesIn(file, word) < 1)).toEqual([]);
    expect(words.filter((word) => timesIn(file, word) > 1).sort()).toEqual([...(again[file] ?? [])].sort());
  });

  test("stands in no other file of the resources, but where a rule or a setter needs it", () => {
    const others = filesIn("provider/resources").filter((file) => !tables.includes(file));
    const found = others.map((file) => [
      file,
      [...new Set(wordsOf(file).filter((word) => attributes.includes(word)))].sort(),
    ]);
    const expected = others.map((file) => [file, [...(needed[file] ?? [])].sort()]);
    expect(found).toEqual(expected);
  });

  test("stands nowhere else in provider and sdk, but in the types that are made from the rows", () => {
    // An attribute of one plain word, such as "status", may be an ordinary word elsewhere.
    const telling = attributes.filter((word) => /[A-Z]/.test(word));
    // The trial of an account has a value for each attribute.
    const elsewhere = sources.filter(
      (file) =>
        !/^(provider\/resources\/|cli\/doctor\/trial\/samples[.]ts|sdk\/generated\/types\/)/.test(file),
    );
    const found = elsewhere.flatMap((file) =>
      wordsOf(file)
        .filter((word) => telling.includes(word))
        .map((word) => `${file}: ${word}`),
    );
    // What types can say of the rules.
    const requiring = {
      bastionhost: ["twoFactorStatus", "languageStatus", "sourceUserId", "twoFactorMethods"],
      eiam: ["emailVerified", "phoneNumber", "phoneRegion", "phoneNumberVerified"],
    };
    const expected = Object.entries(requiring).flatMap(([kind, words]) =>
      words.map((word) => `sdk/${kind}UserClass.ts: ${word}`),
    );
    expect(new Set(found)).toEqual(new Set(expected));
  });
});
