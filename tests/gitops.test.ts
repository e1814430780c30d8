import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv8";
import { parse, parseAllDocuments } from "yaml";
import { checkBackend, writesToOss } from "../cli/doctor/checkState";
import { repository } from "../scripts/toolchain/place";
import { actions } from "./support/gitops/actions";
import schema from "./support/gitops/stack-v1.schema.json";

const read = (file: string): string => readFileSync(path.join(__dirname, "../examples/gitops", file), "utf8");
const workflows = ["users.yml", "drift.yml"].map((name) => `github/.github/workflows/${name}`);

describe("the operator's stacks", () => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  const stacks = parseAllDocuments(read("operator/stacks.yaml")).map((document) => document.toJS());

  test("have the fields of the operator's resource, and no others", () => {
    expect(stacks).toHaveLength(2);
    for (const stack of stacks)
      expect({ valid: validate(stack), errors: validate.errors }).toMatchObject({ valid: true });
    const [first] = stacks;
    expect(validate({ ...first, spec: { ...first.spec, driftDetection: true } })).toBe(false);
  });

  test("never delete people with a resource, and the one for drift never applies", () => {
    expect(stacks.map(({ spec }) => spec.destroyOnFinalize)).toEqual([false, false]);
    expect(stacks.map(({ spec }) => spec.preview)).toEqual([undefined, true]);
  });
});

test.each(workflows)("%s pins every action by its commit, and gives no right to all jobs", (file) => {
  const text = read(file);
  const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action!);
  expect(new Set(used)).toEqual(new Set(actions));
  for (const action of used) expect(action).toMatch(/@[0-9a-f]{40}$/);
  expect((parse(text) as { permissions: object }).permissions).toEqual({});
});

test("every state that the examples and docs/gitops.md keep in OSS is one that OSS takes, from the CLI that the examples pin", () => {
  const examples = [...workflows, "gitlab/.gitlab-ci.yml", "operator/stacks.yaml"].map(read);
  const text = [...examples, readFileSync(path.join(repository, "docs/gitops.md"), "utf8")].join("\n");
  const urls = [...text.matchAll(/s3:\/\/[^\s'`)]+/g)].map(([url]) => url);
  expect(urls).toHaveLength(5);
  const findings = urls.flatMap((url) => checkBackend({ url, namedBy: "the example" }));
  expect(findings.map(({ verdict }) => verdict)).toEqual(urls.map(() => "ok"));
  const pinned = /(?:pulumi-version: |pulumi\/pulumi[\w-]*:)(\d+\.\d+\.\d+)/g;
  const versions = examples.flatMap((example) => [
    ...new Set([...example.matchAll(pinned)].map(([, version]) => version!)),
  ]);
  expect(versions).toHaveLength(examples.length);
  expect(new Set(versions).size).toBe(1);
  expect(writesToOss(versions[0]!)).toBe(true);
});

test("pages, examples and this repository's workflows name one release of each action, none of which runs on Node.js 20", () => {
  const files = ["docs", ".github/workflows", "examples/gitops/github/.github/workflows"].flatMap((folder) =>
    readdirSync(path.join(repository, folder)).map((name) => path.join(repository, folder, name)),
  );
  const texts = files.filter((file) => /\.(md|yml)$/.test(file)).map((file) => readFileSync(file, "utf8"));
  const named = texts.flatMap((text) => [...text.matchAll(/uses: (\w+\/\w[\w-]*)\S*@(?:\w{40} # )?(v\d+)/g)]);
  expect([...new Set(named.map(([, action, major]) => `${action} ${major}`))].sort()).toEqual([
    "actions/cache v6",
    "actions/checkout v7",
    "actions/setup-node v7",
    "pulumi/actions v7",
  ]);
});

test.each([...workflows, "gitlab/.gitlab-ci.yml"])("no key of a person or a machine stands in %s", (file) => {
  expect(read(file)).not.toMatch(/LTAI\w{8}|ALIBABA_CLOUD_ACCESS_KEY_SECRET|PULUMI_ACCESS_TOKEN/);
});

test.each(["github/.github/workflows/users.yml", "gitlab/.gitlab-ci.yml"])(
  "every guard of %s reads the state of its stack, and lets as many go as a person has approved",
  (file) => {
    const text = read(file);
    const guards = [...text.matchAll(/npx alicloud-users guard .*/g)].map(([line]) => line);
    expect(guards).toHaveLength(2);
    for (const line of guards)
      expect(line).toMatch(/ --stack "\$(PULUMI_)?STACK" --max-removals 10% --no-replace/);
    expect(text).toMatch(/ALICLOUD_USERS_APPROVED_REMOVALS="?\$\(/);
    expect(text).toContain("remove-users:");
  },
);
