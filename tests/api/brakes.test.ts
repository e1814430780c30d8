import { refuseStrangers } from "../../provider/api/settingNames";
import { readSettings } from "../../provider/api/settings";
import type { Place } from "../../provider/api/auth/sources";
import { services } from "../../provider/resources/services";

type Texts = Record<string, string>;

const place = (name: string, config: Texts): Place => ({ name, config: (key) => config[key] });

const brakes = (config: Texts = {}, environment: Texts = {}, further: Place[] = []) =>
  readSettings({ config: (key) => config[key], environment, further }, services).brakes;

/** The message of the error that this ends in. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("It was accepted.");
}

describe("the most users that a run may remove", () => {
  const limit = "alicloud-users:maxDeletes";

  test("is not limited unless it is set, and may be none", () => {
    expect(brakes().maxDeletes).toBeUndefined();
    expect(brakes({ [limit]: "0" }).maxDeletes).toMatchObject({ value: 0 });
    expect(brakes({}, { ALICLOUD_USERS_MAX_DELETES: "7" }).maxDeletes).toEqual({
      value: 7,
      namedBy: "the environment",
    });
  });

  test.each([
    [2, "the file", "2", "5", "9"],
    [2, "the configuration that Pulumi handed over", "5", "2", "9"],
    [2, "the environment", "9", "5", "2"],
  ])("is the smallest of all places: %d in %s", (value, namedBy, file, config, variable) => {
    const environment = { ALICLOUD_USERS_MAX_DELETES: variable };
    const found = brakes({ [limit]: config }, environment, [place("the file", { [limit]: file })]);
    expect(found.maxDeletes).toEqual({ value, namedBy });
  });

  test.each(["-1", "1.5", "few"])("cannot be %s, which the sentence shows", (value) => {
    expect(refusal(() => brakes({ [limit]: value }))).toBe(
      `The setting ${limit} cannot be read: it must be a whole number, 0 or more, and is "${value}".`,
    );
  });
});

describe("the account", () => {
  test("may be named in each place, and every name counts", () => {
    const id = "1000000000000001";
    const further = [place("the file", { "alicloud-users:accountId": id })];
    const environment = { ALICLOUD_USERS_ACCOUNT_ID: "3".repeat(16) };
    const values = brakes({ "alicloud:accountId": "2".repeat(16) }, environment, further).accountIds;
    expect(values.map(({ value }) => value)).toEqual([id, "2".repeat(16), "3".repeat(16)]);
  });

  test("is refused where it is no id, such as a name", () => {
    expect(refusal(() => brakes({ "alicloud:accountId": "acme" }))).toMatch(
      /^The setting alicloud:accountId cannot be read: it must be the digits of .+, and is "acme"\./,
    );
  });
});

describe("a value that cannot be read is refused in words of this page", () => {
  test.each([
    ["alicloud:clientReadTimeout", "soon", /it must be a whole number of milliseconds, .+, and is "soon"\.$/],
    ["alicloud:maxRetryTimeout", "86401", /from 0 to 86400 \(a day\), and is "86401"\.$/],
    ["alicloud-users:callsPerSecond", "fast", /it must be a number above 0, .+, and is "fast"\.$/],
    ["alicloud:assumeRole", "admin", /it must be an object with some of roleArn, .+externalId\.$/],
    ["alicloud:assumeRole", '{"roleArn":1}', /: "roleArn" must be a text\.$/],
    ["alicloud:assumeRole", '{"arn":"a"}', /: it knows no "arn"\.$/],
    ["alicloud:endpoints", "a b", /it must be an object of URLs, as in .+\.$/],
  ])("%s: %s", (key, value, said) => {
    const message = refusal(() => brakes({ [key]: value }));
    expect(message).toMatch(said);
    expect(message).not.toMatch(/expected|received|invalid|NaN|unrecognized/i);
  });
});

describe("a setting that does not exist", () => {
  const refused = (name: string): string => refusal(() => refuseStrangers([name], "people"));

  test.each([
    ["maxDelete", "maxDeletes"],
    ["maxdeletes", "maxDeletes"],
    ["acountID", "accountId"],
    ["endpiont", "endpoint"],
    ["callPerSeconds", "callsPerSecond"],
  ])("is refused with the one that was meant: %s", (given, meant) => {
    expect(refused(`alicloud-users:${given}`)).toBe(
      `There is no setting alicloud-users:${given}. Did you mean alicloud-users:${meant}? Take out the wrong one, from the ` +
        `stack's configuration with: pulumi config rm alicloud-users:${given}`,
    );
  });

  test("is refused with all settings where nothing comes near", () => {
    expect(refused("alicloud-users:colour")).toMatch(/The settings are accessKey, .+, callsPerSecond\. Take/);
  });

  test("belongs to somebody else under another package's name, and in a project of this package's name", () => {
    for (const name of [
      "alicloud:maxDelete",
      "alicloud:sourceIp",
      "people:maxDelete",
      "alicloud-users:region",
    ])
      expect(() => refuseStrangers([name], "people")).not.toThrow();
    expect(() => refuseStrangers(["alicloud-users:names"], "alicloud-users")).not.toThrow();
  });
});
