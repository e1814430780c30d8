import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Outcome, Step } from "./askCredentials";

const visit = { access_key_id: "visit-id", access_key_secret: "visit-secret", sts_token: "visit-token" };
const profiles = JSON.stringify({
  current: "work",
  profiles: [
    { name: "work", mode: "AK", access_key_id: "work-id", access_key_secret: "work-secret" },
    { name: "visit", mode: "StsToken", ...visit },
  ],
});

const profile = (name: string): Step => ({ ask: { "alicloud:profile": name } });
const machine: Step = { ask: {} };

/** What comes of these steps in a process of its own, whose home folder is empty. */
function ask(...steps: Step[]): Outcome[] {
  const home = mkdtempSync(join(tmpdir(), "alicloud-users-"));
  mkdirSync(join(home, ".aliyun"));
  // No request may leave this machine, not even one for an ECS RAM role.
  const env = { PATH: process.env.PATH, HOME: home, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" };
  const script = join(__dirname, "askCredentials.ts");
  try {
    const words = ["--import", "tsx", script, JSON.stringify(steps)];
    return JSON.parse(execFileSync(process.execPath, words, { env, encoding: "utf8" })) as Outcome[];
  } finally {
    rmSync(home, { recursive: true });
  }
}

describe("with the profiles of the Alibaba Cloud CLI, the credentials", () => {
  const outcomes = ask({ write: profiles }, profile("work"), profile("visit"), machine, profile("home"));
  const [work, visiting, current, nobodys] = outcomes;

  test("are those of the profile", () => {
    expect(work).toMatchObject({ credentials: { accessKeyId: "work-id", accessKeySecret: "work-secret" } });
  });

  test("are those of the profile with its token", () => {
    expect(visiting).toEqual({
      credentials: { accessKeyId: "visit-id", accessKeySecret: "visit-secret", securityToken: "visit-token" },
    });
  });

  test("are those of the current profile where nothing is configured", () => {
    expect(current).toMatchObject({ credentials: { accessKeyId: "work-id" } });
  });

  test("of a profile that there is not are missed with its name and how to make it", () => {
    expect(nobodys).toEqual({
      error: expect.stringMatching(
        /^The profile "home" of the Alibaba Cloud CLI gives no credentials \(.+\)\. Run "aliyun configure --profile home", or set alicloud:profile to another one\.$/,
      ) as string,
    });
  });
});

describe("without anything, the credentials", () => {
  const [missing, none, found] = ask(profile("work"), machine, { write: profiles }, profile("work"));

  test("of a profile are missed by its name", () => {
    expect(missing).toEqual({ error: expect.stringMatching(/^The profile "work"/) as string });
  });

  test("are missed with every way to give them", () => {
    const { error } = none as { error: string };
    expect(error).toMatch(
      /^There are no Alibaba Cloud credentials\. Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET/,
    );
    expect(error).toContain('"pulumi config set --secret alicloud:accessKey"');
    expect(error).toContain("alicloud:profile");
  });

  test("are found by the next call once they have been set up", () => {
    expect(found).toMatchObject({ credentials: { accessKeyId: "work-id" } });
  });
});
