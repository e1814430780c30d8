import { readSettings } from "../../provider/api/settings";

type Texts = Record<string, string>;

const read = (config: Texts = {}, environment: Texts = {}) =>
  readSettings({ config: (key) => config[key], environment });

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
      ...{ from: "keys", accessKeyId: "c-id", accessKeySecret: "c-secret", securityToken: "c-token" },
    });
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
    expect(read({ "alicloud:profile": "home" }, { ALIBABA_CLOUD_PROFILE: "work" }).identity).toEqual({
      ...{ from: "profile", profile: "home" },
    });
    expect(read({}, { ALICLOUD_PROFILE: "work" }).identity).toEqual({ from: "profile", profile: "work" });
    expect(read().identity).toEqual({ from: "machine" });
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

  test("are all the one that ALICLOUD_USERS_ENDPOINT names, but for those of the configuration", () => {
    const environment = { ALICLOUD_USERS_ENDPOINT: "http://127.0.0.1:4100" };
    expect(endpoints({}, environment)).toEqual({
      ...{
        Ram: "http://127.0.0.1:4100",
        Bastionhost: "http://127.0.0.1:4100",
        Eiam: "http://127.0.0.1:4100",
      },
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
    ["alicloud-users:callsPerSecond", { "alicloud-users:callsPerSecond": "s3cret" }],
  ])("is named as %s, and its value is not repeated", (key, config) => {
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
