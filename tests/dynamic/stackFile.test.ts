import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readStackFiles } from "../../provider/dynamic/stackFile";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "stack-file-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): void => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};

const urn = "urn:pulumi:dev::people::pulumi-nodejs:dynamic/alicloud-users:RamUser::ann";
const project = "name: people\nruntime: nodejs\n";
const limit = "alicloud-users:maxDeletes";

/** The values of a setting in the places, in their order. */
const values = (key: string, from = folder): unknown[] =>
  (readStackFiles(urn, from)?.places ?? []).map(({ config }) => config(key));

test("the stack's file lies beside the project's, around the folder in which the program runs", () => {
  write("Pulumi.yaml", project);
  write("Pulumi.dev.yaml", `config:\n  ${limit}: 3\n`);
  write("Pulumi.prod.yaml", `config:\n  ${limit}: 1\n`);
  write("src/index.ts", "");
  expect(values(limit, path.join(folder, "src"))).toEqual(["3", undefined]);
});

test.each([
  ["Pulumi.yml", project, "Pulumi.dev.yml"],
  ["Pulumi.json", '{"name":"people","runtime":"nodejs"}', "Pulumi.dev.json"],
  ["Pulumi.yaml", `${project}stackConfigDir: stacks\n`, "stacks/Pulumi.dev.yaml"],
])("it is found beside %s as the CLI finds it", (name, text, file) => {
  write(name, text);
  write(file, `{"config":{"${limit}":"3"}}`);
  expect(values(limit)[0]).toBe("3");
});

test("a value of the project counts unless the stack has one", () => {
  write(
    "Pulumi.yaml",
    `${project}config:\n  ${limit}: 3\n  alicloud-users:accountId: { value: 1000000000000001 }\n`,
  );
  write("Pulumi.dev.yaml", `config:\n  ${limit}: 4\n`);
  expect(values(limit)).toEqual(["4", undefined]);
  expect(values("alicloud-users:accountId")).toEqual([undefined, "1000000000000001"]);
});

test("an id keeps all of its digits without quotes", () => {
  write("Pulumi.yaml", project);
  write("Pulumi.dev.yaml", "config:\n  alicloud-users:accountId: 12345678901234567890\n");
  expect(values("alicloud-users:accountId")[0]).toBe("12345678901234567890");
});

test("the file of another project is not asked", () => {
  write("Pulumi.yaml", "name: others\nruntime: nodejs\n");
  write("Pulumi.dev.yaml", `config:\n  ${limit}: 3\n`);
  expect(readStackFiles(urn, folder)).toBeUndefined();
});

test.each([
  ["encrypted", "{ secure: v1:abc:def }", "is kept encrypted in Pulumi.dev.yaml"],
  ["no plain value", "{ most: 3 }", "is no plain value in Pulumi.dev.yaml"],
])("a brake that is %s is refused, with the command that sets it in plain", (_what, value, said) => {
  write("Pulumi.yaml", project);
  write("Pulumi.dev.yaml", `config:\n  ${limit}: ${value}\n`);
  expect(() => values(limit)).toThrow(said);
  expect(() => values(limit)).toThrow(`pulumi config set --plaintext ${limit} VALUE`);
});

test("a file that is no YAML is refused by its name", () => {
  write("Pulumi.yaml", project);
  write("Pulumi.dev.yaml", "config: [");
  expect(() => values(limit)).toThrow("Pulumi.dev.yaml cannot be read");
});

test("settings that a run has otherwise, or not at all, are named", () => {
  write("Pulumi.yaml", project);
  write(
    "Pulumi.dev.yaml",
    "config:\n  alicloud:region: cn-beijing\n  alicloud-users:endpoint: https://a\n  alicloud:secretKey: { secure: x }\n  alicloud:profile: { secure: x }\n",
  );
  const handed: Record<string, string> = {
    "alicloud:region": "cn-hangzhou",
    "alicloud-users:endpoint": "https://a",
    "alicloud:secretKey": "known",
  };
  expect(readStackFiles(urn, folder)?.differing((key) => handed[key])).toEqual([
    "alicloud:region",
    "alicloud:profile",
  ]);
});
