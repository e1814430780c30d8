import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkBackend, writesToOss } from "../../cli/doctor/checkState";
import type { Finding } from "../../cli/doctor/findings";
import { type Account, openAccount } from "../support/account";
import { commandLine } from "./commandLine";

jest.setTimeout(60_000);

const right = "s3://acme-pulumi?endpoint=s3.oss-cn-hangzhou.aliyuncs.com&region=cn-hangzhou";

const judged = (url: string) =>
  checkBackend({ url, namedBy: "PULUMI_BACKEND_URL" }).map(({ verdict, detail, advice }) =>
    [verdict, detail, advice].join("; "),
  );

describe("a backend's URL", () => {
  test.each([
    right,
    "s3://acme-pulumi/users?region=cn-hangzhou&endpoint=https://s3.oss-cn-hangzhou-internal.aliyuncs.com/",
    `${right}&s3ForcePathStyle=false`,
  ])("%s is one that OSS takes", (url) => {
    expect(judged(url)).toEqual([expect.stringMatching(/^ok; OSS at s3\.oss-cn-hangzhou/)]);
  });

  test.each([
    ["file:///state"],
    ["s3://acme?region=us-east-1"],
    ["postgres://u:s3cret@db.aliyuncs.com/state"],
  ])("%s is no bucket of OSS, and nothing is said of it", (url) => expect(judged(url)).toEqual([]));

  test.each([
    [
      right.replace("s3.oss", "oss"),
      "the endpoint oss-cn-hangzhou.aliyuncs.com is not that of the S3 interface of OSS; Write endpoint=s3.oss-cn-hangzhou.aliyuncs.com in PULUMI_BACKEND_URL.",
    ],
    [
      right.replace("s3.oss", "acme-pulumi.oss"),
      "the endpoint acme-pulumi.oss-cn-hangzhou.aliyuncs.com is not that of the S3 interface of OSS; Write endpoint=s3.oss-cn-hangzhou.aliyuncs.com in PULUMI_BACKEND_URL.",
    ],
    [
      right.replace("region=", "region=oss-"),
      "the S3 interface of OSS knows no region oss-cn-hangzhou; Write region=cn-hangzhou in PULUMI_BACKEND_URL.",
    ],
    ...["s3ForcePathStyle", "use_path_style"].map((name) => [
      `${right}&${name}=true`,
      `${name} asks for path style, which OSS refuses (SecondLevelDomainForbidden); Leave ${name} out of PULUMI_BACKEND_URL.`,
    ]),
  ])("%s is a problem, with the way out", (url, sentence) => {
    expect(judged(url!)).toEqual([`problem; ${sentence}`]);
  });
});

test("OSS refuses the writes of CLI 3.245.0 to 3.257.0 alone", () => {
  const refused = ["v3.245.0", "v3.250.0\n", "3.257.0"];
  const taken = ["v3.216.0", "v3.244.0", "v3.258.0", "v3.274.1"];
  expect([...refused, ...taken].filter((version) => !writesToOss(version))).toEqual(refused);
});

describe("doctor", () => {
  let account: Account;
  let dir: string;
  beforeAll(async () => void (account = await openAccount()));
  beforeEach(() => void (dir = mkdtempSync(path.join(tmpdir(), "doctor-"))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  afterAll(() => account.close());

  /** What doctor says of the state where the CLI on the PATH has this version, and can read no stack. */
  async function ofState(version: string, env: NodeJS.ProcessEnv, ...args: string[]) {
    const script = `#!/bin/sh\n[ "$1" = version ] && echo ${version} || { echo "error: no state" >&2; exit 255; }\n`;
    writeFileSync(path.join(dir, "pulumi"), script, { mode: 0o755 });
    const PATH = [dir, process.env.PATH].join(path.delimiter);
    const place = { dir, env: { ...account.env, PATH, ...env } };
    const { exitCode, stdout } = await commandLine(place, "doctor", "--json", ...args);
    const { findings } = JSON.parse(stdout) as { findings: Finding[] };
    return { exitCode, findings: findings.filter(({ area }) => area === "state") };
  }

  test("finds a CLI that cannot write to the bucket of PULUMI_BACKEND_URL, and fails", async () => {
    const { exitCode, findings } = await ofState("v3.250.0", { PULUMI_BACKEND_URL: right }, "--ram");
    expect(findings[1]).toEqual({
      area: "state",
      subject: "Pulumi CLI",
      verdict: "problem",
      detail:
        "v3.250.0 cannot write its state to OSS, which refuses the aws-chunked bodies of 3.245.0 to 3.257.0",
      advice: "Install Pulumi CLI 3.258.0 or newer.",
    });
    expect(exitCode).toBe(1);
  });

  test("takes the bucket from Pulumi.yaml, and finds nothing wrong with a newer CLI", async () => {
    writeFileSync(path.join(dir, "Pulumi.yaml"), `name: users\nbackend: { url: "${right}" }\n`);
    const { exitCode, findings } = await ofState("v3.274.1", {}, "--ram");
    expect(findings.map(({ verdict, detail }) => `${verdict}: ${detail}`)).toEqual([
      "ok: OSS at s3.oss-cn-hangzhou.aliyuncs.com, named by backend.url of Pulumi.yaml",
      "ok: v3.274.1 writes to OSS",
    ]);
    expect(exitCode).toBe(0);
  });

  test("says nothing of a state in files", async () => {
    const { findings } = await ofState("v3.250.0", { PULUMI_BACKEND_URL: "file://~" }, "--ram");
    expect(findings).toEqual([]);
  });

  test("names the wrong URL also where the stack cannot be read for it", async () => {
    const PULUMI_BACKEND_URL = right.replace("s3.oss", "oss");
    const { exitCode, findings } = await ofState("v3.274.1", { PULUMI_BACKEND_URL }, "--stack", "prod");
    expect(findings.map(({ subject, verdict }) => `${subject}: ${verdict}`)).toEqual([
      "backend: problem",
      "Pulumi CLI: ok",
      "stack: problem",
    ]);
    expect(findings[2]!.detail).toBe("prod could not be read: no state");
    expect(exitCode).toBe(1);
  });
});
