import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import {
  cliFile,
  type CliProfile,
  homeOf,
  profileSignIn,
  readCliProfile,
} from "../../provider/api/auth/cliProfile";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), "alicloud-users-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const key = { access_key_id: "an-id", access_key_secret: "a-secret" };
const keys = { from: "keys", accessKeyId: "an-id", accessKeySecret: "a-secret" };

/** How the first of these profiles signs in. */
function signIn(...profiles: CliProfile[]) {
  return profileSignIn(profiles[0]!, (name) => profiles.find((each) => each.name === name)!);
}

describe("the CLI's file of profiles", () => {
  const write = (text: string): string => {
    const file = path.join(folder, "profiles.json");
    writeFileSync(file, text);
    return file;
  };
  const profiles = ["home", "work"].map((name) => ({ name, mode: "AK", duration_seconds: "900" }));

  test("is in the home folder that the environment names, else in the user's", () => {
    expect(homeOf({ HOME: "/home/ann", USERPROFILE: "C:\\ann" })).toBe("/home/ann");
    expect(homeOf({ HOME: "", USERPROFILE: "C:\\ann" })).toBe("C:\\ann");
    expect(homeOf({})).toBe(homedir());
    expect(cliFile("/home/ann")).toBe(path.join("/home/ann", ".aliyun", "config.json"));
  });

  test("gives the profile of a name, and the current one where no name is asked for", () => {
    const file = write(JSON.stringify({ current: "work", profiles }));
    expect(readCliProfile(file, "home")).toMatchObject({ name: "home", duration_seconds: 900 });
    expect(readCliProfile(file)).toMatchObject({ name: "work" });
  });

  test("without the profile is refused with the name that was looked for", () => {
    const file = write(JSON.stringify({ profiles }));
    expect(() => readCliProfile(file, "play")).toThrow(new Error(`${file} has no profile "play"`));
    expect(() => readCliProfile(file)).toThrow(new Error(`${file} has no profile ""`));
  });

  test.each(["{", "[]", '{"profiles": {}}', '{"profiles": [{"name": "no mode"}]}'])(
    "that holds %j is refused without its text",
    (text) => {
      const file = write(text);
      const reason = `${file} does not hold profiles as the CLI writes them`;
      expect(() => readCliProfile(file)).toThrow(new Error(reason));
    },
  );

  test("that cannot be read is refused with the reason", () => {
    const missing = path.join(folder, "missing.json");
    expect(() => readCliProfile(missing)).toThrow(new Error(`${missing} cannot be read: ENOENT`));
    mkdirSync(path.join(folder, "a-folder"));
    expect(() => readCliProfile(path.join(folder, "a-folder"))).toThrow(/ cannot be read: EISDIR$/);
  });
});

describe("a profile signs in", () => {
  test("with its key; with its token too where the mode is StsToken", () => {
    const token = { ...key, sts_token: "a-token" };
    expect(signIn({ name: "a", mode: "AK", ...token })).toEqual({ identity: keys, roles: [] });
    expect(signIn({ name: "a", mode: "StsToken", ...token })).toEqual({
      identity: { ...keys, securityToken: "a-token" },
      roles: [],
    });
  });

  test.each([{}, { access_key_id: "an-id" }, { access_key_secret: "a-secret" }])(
    "with no half of a key: %j",
    (half) => {
      expect(() => signIn({ name: "a", mode: "AK", ...half })).toThrow(new Error("it has no access key"));
    },
  );

  test("by its key and then a role, with its own session or the usual one", () => {
    const role = { name: "a", mode: "RamRoleArn", ...key, ram_role_arn: "acs:ram::1:role/admin" };
    expect(signIn(role)).toEqual({
      identity: keys,
      roles: [{ arn: "acs:ram::1:role/admin", sessionName: "pulumi-alicloud-users", seconds: 3600 }],
    });
    const own = { ram_session_name: "ci", expired_seconds: 1200, external_id: "x-1" };
    expect(signIn({ ...role, ...own })!.roles).toEqual([
      { arn: "acs:ram::1:role/admin", sessionName: "ci", seconds: 1200, externalId: "x-1" },
    ]);
    expect(signIn({ ...role, ...own, duration_seconds: 900 })!.roles).toMatchObject([{ seconds: 900 }]);
    expect(signIn({ name: "a", mode: "RamRoleArn", ...key })!.roles).toMatchObject([{ arn: "" }]);
  });

  test("by the role of the ECS instance, with its name or whatever name it has", () => {
    const [named, unnamed] = [{ ram_role_name: "web" }, {}].map((own) =>
      signIn({ name: "a", mode: "EcsRamRole", ...own }),
    );
    expect(named).toEqual({ identity: { from: "ecsRole", roleName: "web" }, roles: [] });
    expect(unnamed).toEqual({ identity: { from: "ecsRole", roleName: "" }, roles: [] });
  });

  test("by the token of an OIDC provider", () => {
    const own = { oidc_provider_arn: "acs:ram::1:oidc-provider/ci", oidc_token_file: "/token" };
    const role = { sessionName: "pulumi-alicloud-users", seconds: 3600, externalId: undefined };
    expect(signIn({ name: "a", mode: "OIDC", ...own, ram_role_arn: "acs:ram::1:role/ci" })).toEqual({
      identity: {
        from: "oidc",
        role: {
          ...role,
          arn: "acs:ram::1:role/ci",
          providerArn: own.oidc_provider_arn,
          token: { file: "/token" },
        },
      },
      roles: [],
    });
    expect(signIn({ name: "a", mode: "OIDC" })).toEqual({
      identity: { from: "oidc", role: { ...role, arn: "", providerArn: "", token: { file: "" } } },
      roles: [],
    });
  });

  test("by the profiles that it is chained to, each role after the one before it", () => {
    const chained = { mode: "ChainableRamRoleArn" };
    const last = { name: "c", ...chained, source_profile: "b", ram_role_arn: "third" };
    const middle = { name: "b", ...chained, source_profile: "a", ram_role_arn: "second" };
    const first = { name: "a", mode: "RamRoleArn", ...key, ram_role_arn: "first" };
    const { identity, roles } = signIn(last, middle, first)!;
    expect(identity).toEqual(keys);
    expect(roles.map(({ arn }) => arn)).toEqual(["first", "second", "third"]);
    const cloudSso = { name: "a", mode: "CloudSSO" };
    expect(signIn(last, middle, cloudSso)).toBeUndefined();
    for (const around of [last, middle])
      expect(() =>
        signIn({ ...last, source_profile: "b" }, { ...middle, source_profile: around.name }),
      ).toThrow(new Error(`its source profiles lead back to "${around.name}"`));
    expect(() =>
      profileSignIn({ name: "d", ...chained }, (name) => {
        throw new Error(`no "${name}"`);
      }),
    ).toThrow(new Error('no ""'));
  });

  test("by the vendor's library alone in any other mode", () => {
    expect(signIn({ name: "a", mode: "OAuth", ...key })).toBeUndefined();
  });
});
