import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { hintAtPlugin } from "../../sdk/hintAtPlugin";

const { cwd, env } = process;

let folder: string;
let printed: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "project-"));
  process.cwd = () => folder;
  process.env = { PATH: folder, PULUMI_HOME: folder };
  printed = [];
  jest.spyOn(process.stderr, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  // Each run of a program has a monitor of its own.
  jest
    .spyOn(pulumi.runtime, "getMonitor")
    .mockReturnValue({} as ReturnType<typeof pulumi.runtime.getMonitor>);
});
afterEach(() => {
  Object.assign(process, { cwd, env });
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** Whether a program of this project is told how to name the plugin. */
function isHintGiven(project: string, file = "Pulumi.yaml"): boolean {
  writeFileSync(path.join(folder, file), project);
  hintAtPlugin();
  return printed.some((text) =>
    text.startsWith(`The Pulumi plugin "alicloud-users" is neither in Pulumi.yaml nor`),
  );
}

test.each([
  ["block style", "plugins:\n  providers:\n    - path: ./plugin\n      name: 'alicloud-users' # ours\n"],
  ["flow style", "plugins: { providers: [{ name: alicloud-users, path: ./plugin }] }\n"],
  ["packages", "packages:\n  alicloud-users: ./plugin\n"],
  ["quoted packages", 'packages: {"alicloud-users": "./plugin"}\n'],
])("a project that names the plugin in %s gets no hint", (_style, text) => {
  expect(isHintGiven(`name: people\nruntime: nodejs\n${text}`)).toBe(false);
});

test("nor does a project in JSON that names it", () => {
  const plugins = { providers: [{ name: "alicloud-users", path: "./plugin" }] };
  expect(isHintGiven(JSON.stringify({ name: "people", runtime: "nodejs", plugins }), "Pulumi.json")).toBe(
    false,
  );
});

test.each([
  ["in a comment", "plugins:\n  providers:\n#    - name: alicloud-users\n    - name: aws\n"],
  ["as its own name", "description:\n  name: alicloud-users\n"],
  ["as a namespace of its configuration", "config:\n  alicloud-users:region: cn-hangzhou\n"],
  ["in a text", "description: |\n  - name: alicloud-users\n"],
  ["nowhere", ""],
])("a project that names it %s gets the hint", (_where, text) => {
  expect(isHintGiven(`name: people\nruntime: nodejs\n${text}`)).toBe(true);
});

test("what is no YAML is left to Pulumi, which says so", () => {
  expect(isHintGiven("name: [alicloud-users")).toBe(false);
});
