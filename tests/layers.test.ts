import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";
import { resources } from "../provider/resources";

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

interface Import {
  file: string;
  /** The layer or the package that is imported. */
  from: string;
  isType: boolean;
}

const layers = ["core", "api", "resources", "provider", "engine", "dynamic", "plugin", "cli"].map(
  (folder) => `provider/${folder}`,
);
const folders = [...layers, "sdk", "emulator", "examples"];

/** The layer of a file of the project; in the emulator its one public file counts for itself. */
function layerOf(path: string): string {
  if (path === "emulator" || path === "emulator/index") return "emulator/index";
  return folders.find((folder) => path.startsWith(`${folder}/`)) ?? path;
}

const packageOf = (specifier: string): string =>
  specifier.startsWith("node:") ? "node" : specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node, isType: boolean): void => {
    if (!ts.isStringLiteral(specifier)) return;
    const path = relative(root, join(root, dirname(file), specifier.text))
      .split(sep)
      .join("/");
    const from = specifier.text.startsWith(".") ? layerOf(path) : packageOf(specifier.text);
    found.push({ file, from, isType });
  };
  visit(parsed(file), (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
      add(node.moduleSpecifier, isTypeOnly(node));
    const isCall = ts.isCallExpression(node) && node.arguments[0] !== undefined;
    if (!isCall) return;
    const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
    if (isImport || node.expression.getText() === "require") add(node.arguments[0] as ts.Node, false);
  });
  return found;
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (clause?.isTypeOnly) return true;
  const named = clause?.namedBindings;
  const isList = named !== undefined && ts.isNamedImports(named) && !clause?.name;
  return isList && named.elements.every((element) => element.isTypeOnly);
}

/** What each folder may import; "types" for what may be imported as a type alone. */
const allowed: Readonly<Record<string, Readonly<Record<string, "any" | "types">>>> = {
  "provider/core": { "provider/core": "any", zod: "any", node: "any" },
  "provider/api": {
    ...{ "provider/core": "types", "provider/api": "any", zod: "any", node: "any" },
    ...{ "@alicloud/pop-core": "any", "@alicloud/credentials": "any" },
    ...{ "http-proxy-agent": "any", "https-proxy-agent": "any", "proxy-from-env": "any" },
  },
  "provider/resources": { "provider/core": "any", "provider/resources": "any", zod: "any" },
  "provider/provider": {
    "provider/core": "any",
    "provider/api": "any",
    "provider/provider": "any",
    node: "any",
  },
  "provider/engine": {
    ...{ "provider/core": "any", "provider/provider": "types", "provider/engine": "any" },
    ...{ "@pulumi/pulumi": "any", "@grpc/grpc-js": "any", node: "any" },
  },
  "provider/dynamic": {
    ...{ "provider/core": "any", "provider/api": "types", "provider/resources": "any" },
    ...{ "provider/provider": "any", "provider/engine": "any", "provider/dynamic": "any" },
    ...{ "@pulumi/pulumi": "any" },
  },
  "provider/plugin": {
    ...{ "provider/core": "any", "provider/api": "any", "provider/resources": "any" },
    ...{ "provider/provider": "any", "provider/engine": "any", "provider/plugin": "any" },
    ...{ "@pulumi/pulumi": "any", "@grpc/grpc-js": "any", "google-protobuf": "any", zod: "any", node: "any" },
  },
  "provider/cli": {
    ...{ "provider/core": "any", "provider/api": "any", "provider/resources": "any", "provider/cli": "any" },
    ...{
      "provider/provider": "any",
      "emulator/index": "any",
      yaml: "any",
      xml2js: "any",
      "@octokit/core": "any",
      "@octokit/plugin-paginate-rest": "any",
      "@gitbeaker/rest": "any",
      axios: "any",
      commander: "any",
      zod: "any",
      node: "any",
    },
  },
  sdk: {
    sdk: "any",
    "provider/core": "types",
    "provider/resources": "any",
    "@pulumi/pulumi": "any",
    zod: "types",
    node: "any",
  },
  emulator: {
    emulator: "any",
    axios: "any",
    hono: "any",
    "@hono/node-server": "any",
    xml2js: "any",
    zod: "any",
    node: "any",
  },
  examples: { "pulumi-alicloud-users": "any", "@pulumi/pulumi": "any", node: "any" },
};

/** Imports that the table does not grant and that stand all the same. */
const granted = [
  // Pure functions over plain values.
  "sdk/userClass.ts imports provider/core",
  "sdk/countDeclared.ts imports provider/core",
  "sdk/dynamicRegistration.ts imports provider/core",
  // What is hidden and how foreign text is shown is one thing everywhere.
  "provider/api/client.ts imports provider/core",
  "provider/api/fault.ts imports provider/core",
  "sdk/dataSources.ts imports provider/core",
  // A look-up runs in the program's own process, as the dynamic provider does in its.
  "sdk/dataSources.ts imports provider/provider",
  "sdk/programAccount.ts imports provider/provider",
  "sdk/programAccount.ts imports provider/api",
];

describe("imports go one way", () => {
  test.each(Object.keys(allowed))("from %s", (folder) => {
    const mayImport = allowed[folder] ?? {};
    const wrong = filesIn(folder)
      .flatMap(importsOf)
      .filter(({ from, isType }) => mayImport[from] !== "any" && !(isType && mayImport[from] === "types"))
      .map(({ file, from }) => `${file} imports ${from}`);
    expect(new Set(wrong)).toEqual(new Set(granted.filter((sentence) => sentence.startsWith(`${folder}/`))));
  });

  test("from no other folder of the provider", () => {
    const known = readdirSync(join(root, "provider"), { withFileTypes: true });
    expect(known.map(({ name }) => `provider/${name}`).filter((folder) => !layers.includes(folder))).toEqual(
      [],
    );
  });
});

/** The names and texts of a file's code, comments left out; a text is counted as a whole. */
function wordsOf(file: string): string[] {
  const words: string[] = [];
  visit(parsed(file), (node) => {
    if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) words.push(node.text);
  });
  return words;
}

const sources = [...layers.flatMap(filesIn), ...filesIn("sdk")];

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

  test("does nothing but compute: of Node.js it takes comparison, random ids and the running request alone", () => {
    const modules = filesIn("provider/core").flatMap((file) => parsed(file).text.match(/"node:\w+"/g) ?? []);
    expect(new Set(modules)).toEqual(new Set(['"node:util"', '"node:crypto"', '"node:async_hooks"']));
  });
});

test("the vendor's codes of faults stand in products.ts and nowhere else in the provider", () => {
  const codes =
    /\b(EntityNotExist|EntityAlreadyExists|DeleteConflict|UserNotFound|UserAlreadyExists)\b|OBJECT_|Throttling|Resource(NotFound|Duplicated)/;
  const naming = sources.filter((file) => wordsOf(file).some((word) => codes.test(word)));
  expect(naming.filter((file) => file !== "provider/api/products.ts")).toEqual([]);
});

describe("the word of an attribute", () => {
  const attributes = resources.flatMap((resource) => Object.keys(resource.attributes));
  const own = [
    "provider/resources/ramUser.ts",
    "provider/resources/bastionhostUser.ts",
    "provider/resources/eiamUser.ts",
  ];

  /** The files that name an attribute besides its row, and why they have to. */
  const needed: Readonly<Record<string, readonly string[]>> = {
    // Rules between attributes.
    "provider/resources/bastionhostRules.ts": [
      ...["instanceId", "source", "sourceUserId", "password", "email", "mobile", "twoFactorStatus"],
      ...["twoFactorMethods", "languageStatus", "language", "effectiveStartTime", "effectiveEndTime"],
    ],
    "provider/resources/eiamRules.ts": [
      ...["phoneNumber", "phoneRegion", "phoneNumberVerified", "email", "emailVerified"],
      ...["primaryOrganizationalUnitId", "organizationalUnitIds"],
    ],
    // A channel, and settings of passwordInitializationConfig, which have the same names.
    "provider/resources/eiamPasswords.ts": [
      ...["email", "passwordForcedUpdateStatus", "userNotificationChannels"],
    ],
    // The question for the unit of a user that names none.
    "provider/resources/eiamUnits.ts": ["instanceId", "primaryOrganizationalUnitId"],
  };

  /** Words that their own resource's file uses once more. */
  const again: Readonly<Record<string, readonly string[]>> = {
    "provider/resources/ramUser.ts": [],
    // Names of groups, of a two-factor method, and of the password's schema.
    "provider/resources/bastionhostUser.ts": ["email", "mobile", "password", "language"],
    "provider/resources/eiamUser.ts": [
      // Names of groups, setters and channels.
      ...["description", "password", "email", "status"],
      // Whether the root unit has to be asked for.
      "organizationalUnitIds",
    ],
  };

  const timesIn = (file: string, word: string) => wordsOf(file).filter((each) => each === word).length;

  test.each(own)("stands once in %s: in its row", (file) => {
    const resource = resources.find(({ type }) => file.toLowerCase().includes(type.toLowerCase()));
    const words = Object.keys(resource?.attributes ?? {});
    expect(words.filter((word) => timesIn(file, word) < 1)).toEqual([]);
    expect(words.filter((word) => timesIn(file, word) > 1).sort()).toEqual([...(again[file] ?? [])].sort());
  });

  test("stands in no other file of the resources, but where a rule or a setter needs it", () => {
    const others = filesIn("provider/resources").filter((file) => !own.includes(file));
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
    const elsewhere = sources.filter((file) => !/^(provider\/resources|sdk\/types)\//.test(file));
    const found = elsewhere.flatMap((file) =>
      wordsOf(file)
        .filter((word) => telling.includes(word))
        .map((word) => `${file}: ${word}`),
    );
    // What types can say of the rules.
    const requiring = ["twoFactorStatus", "languageStatus", "sourceUserId", "twoFactorMethods"];
    expect(new Set(found)).toEqual(new Set(requiring.map((word) => `sdk/bastionhostUserClass.ts: ${word}`)));
  });
});
