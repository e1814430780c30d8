import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cliFile } from "../../provider/api/auth/cliProfile";
import { readSettings } from "../../provider/api/settings";
import { services } from "../../provider/resources/services";

type Texts = Record<string, string>;

const read = (config: Texts = {}, environment: Texts = {}) =>
  readSettings({ config: (key) => config[key], environment }, services);

/** The message of the error that reading ends in. */
const refusal = (config: Texts = {}, environment: Texts = {}): string => {
  try {
    read(config, environment);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("They were read.");
};

describe("the region", () => {
  const everywhere = {
    ALIBABA_CLOUD_REGION_ID: "cn-beijing",
    ALIBABA_CLOUD_REGION: "cn-shanghai",
    ALICLOUD_REGION: "cn-shenzhen",
  };

  test("is the configuration's, else the environment's, else cn-hangzhou", () => {
    expect(read({ "alicloud:region": "eu-central-1" }, everywhere).region).toBe("eu-central-1");
    expect(read({}, everywhere).region).toBe("cn-beijing");
    expect(read({}, { ...everywhere, ALIBABA_CLOUD_REGION_ID: "" }).region).toBe("cn-shanghai");
    expect(read({}, { ALICLOUD_REGION: "cn-shenzhen" }).region).toBe("cn-shenzhen");
    for (const name of ["ALIBABACLOUD_REGION_ID", "ALICLOUD_REGION_ID"])
      expect(read({}, { [name]: "cn-shenzhen" })).toMatchObject({
        region: "cn-shenzhen",
        regionNamedBy: name,
      });
    expect(read().region).toBe("cn-hangzhou");
  });
});

describe("the access key", () => {
  const fromConfig = { "alicloud:accessKey": "c-id", "alicloud:secretKey": "c-secret" };
  const fromEnvironment = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: "e-id",
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: "e-secret",
    ALIBABA_CLOUD_SECURITY_TOKEN: "e-token",
  };

  test("is the configuration's before the environment's", () => {
    expect(read({ ...fromConfig, "alicloud:securityToken": "c-token" }, fromEnvironment).identity).toEqual({
      from: "keys",
      accessKeyId: "c-id",
      accessKeySecret: "c-secret",
      securityToken: "c-token",
    });
  });

  test.each([
    ["ALIBABACLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_SECURITY_TOKEN"],
    ["ALICLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY_SECRET", "ALICLOUD_SECURITY_TOKEN"],
  ])("is the environment's in the names of the CLI: %s", (id, secret, token) => {
    const { identity, namedBy } = read({}, { [id]: "e-id", [secret]: "e-secret", [token]: "e-token" });
    expect(namedBy).toBe(id);
    expect(identity).toEqual({
      from: "keys",
      accessKeyId: "e-id",
      accessKeySecret: "e-secret",
      securityToken: "e-token",
    });
  });

  test("is refused where two variables hold different ones, since tools differ in which of them counts", () => {
    const other = { ALICLOUD_ACCESS_KEY: "other-id", ALICLOUD_SECRET_KEY: "other-secret" };
    expect(refusal({}, { ...fromEnvironment, ...other })).toBe(
      "ALIBABA_CLOUD_ACCESS_KEY_ID and ALICLOUD_ACCESS_KEY hold different access keys, and tools differ in which of " +
        "them counts. Unset one of them, or set alicloud:accessKey and alicloud:secretKey.",
    );
    const same = { ALICLOUD_ACCESS_KEY: "e-id", ALICLOUD_SECRET_KEY: "e-secret" };
    expect(read({}, { ...fromEnvironment, ...same }).namedBy).toBe("ALIBABA_CLOUD_ACCESS_KEY_ID");
    expect(read(fromConfig, { ...fromEnvironment, ...other }).namedBy).toBe("alicloud:accessKey");
  });

  test.each([
    ["alicloud:profile", "home"],
    ["alicloud:credentialsUri", "http://127.0.0.1/"],
    ["alicloud:ecsRoleName", "admin"],
    ["alicloud:assumeRoleWithOidc", "{}"],
  ])("of the environment does not sign in place of a configured %s", (key, value) => {
    expect(refusal({ [key]: value }, fromEnvironment)).toBe(
      `${key} is set, but ALIBABA_CLOUD_ACCESS_KEY_ID is set too and would sign in its place. Unset one of them.`,
    );
  });

  test("is the environment's, in the vendor's names or in Terraform's", () => {
    const keys = { from: "keys", accessKeyId: "e-id", accessKeySecret: "e-secret", securityToken: "e-token" };
    expect(read({}, fromEnvironment).identity).toEqual(keys);
    const terraforms = {
      ALICLOUD_ACCESS_KEY: "e-id",
      ALICLOUD_SECRET_KEY: "e-secret",
      ALICLOUD_SECURITY_TOKEN: "e-token",
    };
    expect(read({}, terraforms).identity).toEqual(keys);
  });

  test("without its secret is refused, and so is a secret without its key, with the names to set", () => {
    expect(refusal({ "alicloud:accessKey": "c-id" })).toBe(
      "Half of an access key is set: alicloud:accessKey is there and alicloud:secretKey is missing. Set both, or neither.",
    );
    expect(refusal({}, { ALIBABA_CLOUD_ACCESS_KEY_SECRET: "e-secret" })).toBe(
      "Half of an access key is set: ALIBABA_CLOUD_ACCESS_KEY_SECRET is there and ALIBABA_CLOUD_ACCESS_KEY_ID is missing. Set both, or neither.",
    );
  });

  test("comes before a profile, a profile before what the machine offers", () => {
    expect(read(fromConfig, { ALIBABA_CLOUD_PROFILE: "work" }).identity.from).toBe("keys");
    expect(read({ "alicloud:profile": "home" }, { ALIBABA_CLOUD_PROFILE: "work" }).identity).toMatchObject({
      from: "profile",
      profile: "home",
    });
    for (const name of ["ALICLOUD_PROFILE", "ALIBABACLOUD_PROFILE"])
      expect(read({}, { [name]: "work" }).identity).toMatchObject({ from: "profile", profile: "work" });
    expect(read().identity).toMatchObject({ from: "machine" });
  });

  test.each([
    ["alicloud:accessKey", { "alicloud:accessKey": "s3cret\n", "alicloud:secretKey": "c-secret" }, {}],
    ["alicloud:secretKey", { "alicloud:accessKey": "c-id", "alicloud:secretKey": "s3cret\r\n" }, {}],
    ["alicloud:securityToken", { ...fromConfig, "alicloud:securityToken": " s3cret" }, {}],
    [
      "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
      {},
      { ...fromEnvironment, ALIBABA_CLOUD_ACCESS_KEY_SECRET: "s3cret\n" },
    ],
    ["ALICLOUD_ACCESS_KEY", {}, { ALICLOUD_ACCESS_KEY: "\ts3cret", ALICLOUD_SECRET_KEY: "e-secret" }],
  ])("with white space around %s is refused by that name, and not shown", (name, config, environment) => {
    expect(refusal(config, environment)).toBe(
      `${name} begins or ends with white space, such as the line break at the end of a file. Take it out.`,
    );
  });

  test("of the configuration is never joined to a token of the environment", () => {
    expect(read(fromConfig, fromEnvironment).identity).not.toHaveProperty("securityToken", "e-token");
  });

  test("of the configuration is never joined to a secret of the environment", () => {
    expect(refusal({ "alicloud:accessKey": "c-id" }, fromEnvironment)).toContain(
      "alicloud:secretKey is missing",
    );
  });
});

describe("a role to assume", () => {
  const arn = "acs:ram::1:role/admin";
  const role = (setting: object, environment: Texts = {}) =>
    read({ "alicloud:assumeRole": JSON.stringify(setting) }, environment).role;
  const refused = (setting: object, config: Texts = {}) =>
    refusal({ ...config, "alicloud:assumeRole": JSON.stringify(setting) });

  test("is described as pulumi-alicloud describes it, an hour long unless told", () => {
    expect(role({ roleArn: arn })).toEqual({ arn, sessionName: "pulumi-alicloud-users", seconds: 3600 });
    const setting = {
      roleArn: arn,
      sessionName: "ci",
      sessionExpiration: 900,
      policy: "{}",
      externalId: "e",
    };
    expect(role([setting])).toEqual({ arn, sessionName: "ci", seconds: 900, policy: "{}", externalId: "e" });
  });

  test("takes from the environment what the setting leaves out", () => {
    const environment = {
      ALICLOUD_ASSUME_ROLE_ARN: arn,
      ALICLOUD_ASSUME_ROLE_SESSION_NAME: "ci",
      ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION: "7200",
    };
    expect(role({}, environment)).toMatchObject({ arn, sessionName: "ci", seconds: 7200 });
    expect(role({}, { ALIBABA_CLOUD_ROLE_ARN: arn })).toMatchObject({ arn });
  });

  test("is none where its ARN is empty, or where there is no such setting", () => {
    expect(role({ roleArn: "" })).toBeUndefined();
    expect(read({}, { ALICLOUD_ASSUME_ROLE_ARN: arn }).role).toBeUndefined();
  });

  test("is refused with a key that is not supported, by its name", () => {
    expect(refused({ roleArn: arn, serialNumber: "s3cret" })).toMatch(
      /^The setting alicloud:assumeRole cannot be read: .*serialNumber/,
    );
    expect(refused({ roleArn: arn }, { "alicloud:sourceIp": "192.0.2.1" })).toMatch(
      /^alicloud:sourceIp is not supported together with alicloud:assumeRole\./,
    );
  });

  test.each([
    ["no ARN", {}, "alicloud:assumeRole lacks roleArn."],
    ["an ARN of something else", { roleArn: "acs:ram::1:user/a" }, "is not the ARN of a role"],
    ["a session that is too short", { roleArn: arn, sessionExpiration: 60 }, "900 to 43200 seconds"],
    ["a session name with a blank", { roleArn: arn, sessionName: "a b" }, "2 to 64 letters"],
  ])("is refused with %s", (_what, setting, sentence) => {
    expect(refused(setting)).toContain(sentence);
  });

  test("of an OIDC token needs a provider and a token", () => {
    const oidc = (setting: object, environment: Texts = {}) =>
      read({ "alicloud:assumeRoleWithOidc": JSON.stringify(setting) }, environment);
    const whole = { roleArn: arn, oidcProviderArn: "acs:ram::1:oidc-provider/p", oidcTokenFile: "/token" };
    expect(oidc(whole).identity).toMatchObject({ from: "oidc", role: { arn, token: { file: "/token" } } });
    expect(() => oidc({ ...whole, oidcTokenFile: "" })).toThrow("lacks oidcTokenFile or oidcToken");
    expect(() => oidc({ ...whole, oidcProviderArn: "" })).toThrow("lacks oidcProviderArn");
    const environment = { ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/pod/token" };
    expect(oidc({ ...whole, oidcTokenFile: undefined }, environment).identity).toMatchObject({
      role: { token: { file: "/pod/token" } },
    });
  });
});

describe("endpoints", () => {
  const endpoints = (config: Texts, environment: Texts = {}) => read(config, environment).endpoints;

  test("are the products' own where nothing is set", () => {
    expect(endpoints({})).toEqual({});
  });

  test("are taken from an object, with https where no scheme is given", () => {
    const text = '{"ram":"ram.example.com","eiam":"http://127.0.0.1:1"}';
    expect(endpoints({ "alicloud:endpoints": text })).toEqual({
      Ram: "https://ram.example.com",
      Eiam: "http://127.0.0.1:1",
    });
  });

  test("are taken from a list of objects, as pulumi-alicloud writes them", () => {
    const text = '[{"ram":"ram.example.com","ecs":"ecs.example.com"},{"bastionhost":"b.example.com"}]';
    expect(endpoints({ "alicloud:endpoints": text })).toEqual({
      Ram: "https://ram.example.com",
      Bastionhost: "https://b.example.com",
    });
  });

  test("are taken from the package's own setting too, which may name eiam", () => {
    const config = {
      "alicloud:endpoints": '{"ram":"a.example.com"}',
      "alicloud-users:endpoints": '{"eiam":"b.example.com"}',
    };
    expect(endpoints(config)).toEqual({ Ram: "https://a.example.com", Eiam: "https://b.example.com" });
  });

  test("are all the one that ALICLOUD_USERS_ENDPOINT names, but for those of the configuration", () => {
    const environment = { ALICLOUD_USERS_ENDPOINT: "http://127.0.0.1:4100" };
    expect(endpoints({}, environment)).toEqual({
      Ram: "http://127.0.0.1:4100",
      Sts: "http://127.0.0.1:4100",
      Bastionhost: "http://127.0.0.1:4100",
      Eiam: "http://127.0.0.1:4100",
    });
    expect(endpoints({ "alicloud:endpoints": '{"ram":"ram.example.com"}' }, environment).Ram).toBe(
      "https://ram.example.com",
    );
    expect(endpoints({ "alicloud-users:endpoint": "http://127.0.0.1:2" }, environment).Eiam).toBe(
      "http://127.0.0.1:2",
    );
  });
});

describe("calls per second", () => {
  const rates = (text: string) => read({}, { ALICLOUD_USERS_CALLS_PER_SECOND: text }).callsPerSecond;

  test("are one number for all products, or a number for some", () => {
    expect(rates("5")).toEqual({ Ram: 5, Bastionhost: 5, Eiam: 5 });
    expect(rates('{"Bastionhost":2.5}')).toEqual({ Bastionhost: 2.5 });
    expect(read({ "alicloud-users:callsPerSecond": "3" }).callsPerSecond.Ram).toBe(3);
    expect(read().callsPerSecond).toEqual({});
  });

  test.each(["fast", "0", "-1", '{"Ram":"fast"}', "[]"])(
    "are refused as %s, with the name of the setting",
    (text) => {
      const message = refusal({ "alicloud-users:callsPerSecond": text });
      expect(message).toMatch(/^The setting alicloud-users:callsPerSecond cannot be read: .+\.$/);
    },
  );
});

test("calls per second of a product that there is not are refused, with the products that there are", () => {
  expect(refusal({ "alicloud-users:callsPerSecond": '{"bastionhost":5}' })).toBe(
    'The setting alicloud-users:callsPerSecond names "bastionhost"; it knows Ram, Bastionhost, Eiam.',
  );
});

describe("the journal of creates", () => {
  test("lies in the usual folder unless set, in the configuration or the environment", () => {
    expect(read().journal).toBeUndefined();
    expect(read({}, { ALICLOUD_USERS_JOURNAL: "/journal" }).journal).toBe("/journal");
    expect(read({ "alicloud-users:journal": "off" }, { ALICLOUD_USERS_JOURNAL: "/journal" }).journal).toBe(
      "off",
    );
  });

  test("is refused in a folder that depends on where the provider was started", () => {
    expect(refusal({ "alicloud-users:journal": "journal" })).toBe(
      'The setting alicloud-users:journal must be "off" or a folder by its absolute path.',
    );
  });
});

describe("the times of a call", () => {
  const times = (config: Texts = {}, environment: Texts = {}) => {
    const { readTimeoutMs, retryTimeoutMs } = read(config, environment);
    return [readTimeoutMs, retryTimeoutMs];
  };

  test("are half a minute for an answer and ten minutes of repeating, unless set", () => {
    expect(times()).toEqual([30_000, 600_000]);
    expect(times({ "alicloud:clientReadTimeout": "0", "alicloud:maxRetryTimeout": "0" })).toEqual([
      30_000, 600_000,
    ]);
  });

  test("are set in milliseconds and in seconds, as those of Pulumi's alicloud package are", () => {
    const config = { "alicloud:clientReadTimeout": "1500", "alicloud:maxRetryTimeout": "2" };
    const environment = { ALICLOUD_CLIENT_READ_TIMEOUT: "90000", ALICLOUD_MAX_RETRY_TIMEOUT: "86400" };
    expect(times(config, environment)).toEqual([1500, 2000]);
    expect(times({}, environment)).toEqual([90_000, 86_400_000]);
  });

  test.each([
    ["alicloud:clientReadTimeout", "soon"],
    ["alicloud:clientReadTimeout", "-1"],
    ["alicloud:clientReadTimeout", "1.5"],
    ["alicloud:clientReadTimeout", "86400001"],
    ["alicloud:maxRetryTimeout", "86401"],
    ["alicloud:maxRetryTimeout", "[]"],
  ])("are refused for %s: %s, with the name of the setting", (key, text) => {
    expect(refusal({ [key]: text })).toMatch(new RegExp(`^The setting ${key} cannot be read: .+\\.$`));
  });
});

describe("a setting that cannot be read", () => {
  test.each([
    ["alicloud:endpoints", { "alicloud:endpoints": "s3cret words" }],
    ["alicloud:endpoints", { "alicloud:endpoints": '{"ram":["s3cret"]}' }],
    ["alicloud:endpoints", { "alicloud:endpoints": '{"ram":"https://s3cret words"}' }],
    ["alicloud:assumeRole", { "alicloud:assumeRole": "s3cret" }],
  ])("that may hold a secret is named as %s, and its value is not repeated", (key, config) => {
    const message = refusal(config);
    expect(message).toContain(key);
    expect(message).not.toContain("s3cret");
  });

  test("is named as ALICLOUD_USERS_ENDPOINT where it came from there", () => {
    const message = refusal({}, { ALICLOUD_USERS_ENDPOINT: "http://s3cret words" });
    expect(message).toContain("ALICLOUD_USERS_ENDPOINT");
    expect(message).not.toContain("s3cret");
  });
});

describe("the region of the CLI's current profile", () => {
  const region = "eu-west-1";
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(path.join(tmpdir(), "alicloud-users-"));
    mkdirSync(path.join(home, ".aliyun"));
    const profiles = [{ name: "work", mode: "OAuth", region_id: region }];
    writeFileSync(cliFile(home), JSON.stringify({ current: "work", profiles }));
  });
  afterAll(() => rmSync(home, { recursive: true }));

  test("counts where the machine is asked for credentials", () => {
    for (const name of ["HOME", "USERPROFILE"])
      expect(read({}, { [name]: home })).toMatchObject({ region, regionNamedBy: 'the profile "work"' });
  });

  test("does not count where a key is set, nor where the environment names no home folder", () => {
    const key = { "alicloud:accessKey": "an-id", "alicloud:secretKey": "a-secret" };
    expect(read(key, { HOME: home }).region).toBe("cn-hangzhou");
    expect(read().region).toBe("cn-hangzhou");
    expect(read({}, { HOME: path.join(home, "nobody") }).region).toBe("cn-hangzhou");
  });
});
