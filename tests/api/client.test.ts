import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { flatten } from "../../provider/api/client";
import { connect } from "../../provider/api/connect";
import type { ProductName } from "../../emulator";
import { withSecrets } from "../../provider/core/secrets";
import type { Call, Wire } from "../../provider/core/wire";
import { digest, instanceIds, settingsFor, units, useAccount } from "./account";
import { useGateway } from "./gateway";
import { passingClock } from "./passingClock";
import { schemaOf } from "./schemaOf";

const account = useAccount();
const gateway = useGateway();
const bastionhost = { InstanceId: instanceIds.Bastionhost };
const eiam = { InstanceId: instanceIds.Eiam };

const send = (product: ProductName, action: string, params: Wire, environment = {}): Promise<Wire> =>
  account.connection(environment).directory(schemaOf(product), {}, undefined).call({ action, params });

const sendThrough = (product: ProductName, call: Call, environment = {}): Promise<Wire> =>
  connect(settingsFor(gateway.url, environment)).directory(schemaOf(product), {}, undefined).call(call);

const faultOf = (sent: Promise<unknown>): Promise<Error & { kind: string; code: string }> =>
  sent.then(
    () => Promise.reject(new Error("It was answered.")),
    (fault: Error & { kind: string; code: string }) => fault,
  );

describe("a call", () => {
  test("is signed as each API wants it, whatever it holds", async () => {
    const odd = "a b+c*~!'()/?&=%,;: O'Brien (测试) 🙂";
    await send("Ram", "CreateUser", { UserName: "alice", DisplayName: odd });
    expect(await account.users("Ram")).toMatchObject([{ displayName: odd }]);
    await send("Eiam", "CreateUser", { ...eiam, Username: "carol", PrimaryOrganizationalUnitId: units.root });
    const { Config } = await send("Bastionhost", "GetInstanceTwoFactor", bastionhost);
    expect(Config).toMatchObject({ EnableTwoFactor: false });
  });

  test("keeps an empty text, which clears, and leaves out what is undefined", async () => {
    await send("Ram", "CreateUser", { UserName: "alice", Comments: "x", DisplayName: "Alice" });
    const params = { UserName: "alice", NewUserName: "alice", NewComments: "", NewDisplayName: undefined };
    await send("Ram", "UpdateUser", params);
    expect(await account.users("Ram")).toMatchObject([{ comments: "", displayName: "Alice" }]);
  });

  test("carries its password in the body and never in the URL", async () => {
    const Password = "Ab1!s3cret";
    const { InstanceId } = bastionhost;
    const call = { action: "ModifyUser", params: { InstanceId, UserId: "1", Password } };
    gateway.answers(200, '{"RequestId":"r"}');
    await sendThrough("Bastionhost", call);
    const [received] = gateway.received;
    expect(received?.url).toBe("/");
    expect(received?.body).toContain("Password=Ab1%21s3cret");
    expect(JSON.stringify(received?.headers)).not.toContain("s3cret");
  });

  test("asks for JSON, gives the region to Bastionhost, and to no other", async () => {
    const environment = { ALIBABA_CLOUD_REGION_ID: "cn-shanghai" };
    gateway.answers(200, '{"RequestId":"r"}');
    await sendThrough("Bastionhost", { action: "DeleteUser", params: {} }, environment);
    await sendThrough("Ram", { action: "DeleteUser", params: {} }, environment);
    const [first, second] = gateway.received.map(({ body }) => body);
    expect(first).toContain("Format=JSON");
    expect(first).toContain("RegionId=cn-shanghai");
    expect(second).not.toContain("RegionId");
  });

  test("carries the token of temporary credentials, and is refused without it", async () => {
    const temporary = { ALIBABA_CLOUD_ACCESS_KEY_ID: "STS.testid" };
    const token = { ALIBABA_CLOUD_SECURITY_TOKEN: "testtoken" };
    await send("Ram", "ListUsers", {}, { ...temporary, ...token });
    const fault = await faultOf(send("Ram", "ListUsers", {}, temporary));
    expect(fault).toMatchObject({ kind: "denied" });
    expect(fault.message).toContain("STS token");
  });

  test("has a nonce of its own each time, so that a repeat is no replay", async () => {
    gateway.answers(200, '{"RequestId":"r"}');
    for (let number = 0; number < 3; number++) await sendThrough("Ram", { action: "DeleteUser", params: {} });
    const nonces = gateway.received.map(({ body }) => new URLSearchParams(body).get("SignatureNonce"));
    expect(new Set(nonces).size).toBe(3);
    expect(nonces.every((nonce) => nonce !== null && nonce.length >= 16)).toBe(true);
  });

  test("keeps ids exact that no number can hold, as text or as number", async () => {
    const user = '{"UserId":200000000000000001,"UserName":"a","Other":[9007199254740993],"Small":7}';
    gateway.answers(200, `{"RequestId":"r","User":${user}}`);
    const { User } = await sendThrough("Ram", { action: "GetUser", params: { UserName: "a" } });
    const exact = { UserId: "200000000000000001", Other: ["9007199254740993"], Small: 7 };
    expect(User).toEqual({ ...exact, UserName: "a" });
    const created = await send("Ram", "CreateUser", { UserName: "alice" });
    expect(created.User).toMatchObject({ UserId: "200000000000000001" });
  });
});

describe("nested values", () => {
  test("are flattened with dots and numbers that begin at 1", () => {
    const CustomFields = [
      { FieldName: "age", Operation: "remove" },
      { FieldName: "nick", FieldValue: "", Operation: "replace" },
    ];
    const PasswordInitializationConfig = { Type: "random", UserNotificationChannels: ["email", "sms"] };
    expect(
      flatten({ UserId: "1", Verified: false, MaxItems: 0, CustomFields, PasswordInitializationConfig }),
    ).toEqual({
      UserId: "1",
      Verified: "false",
      MaxItems: "0",
      "CustomFields.1.FieldName": "age",
      "CustomFields.1.Operation": "remove",
      "CustomFields.2.FieldName": "nick",
      "CustomFields.2.FieldValue": "",
      "CustomFields.2.Operation": "replace",
      "PasswordInitializationConfig.Type": "random",
      "PasswordInitializationConfig.UserNotificationChannels.1": "email",
      "PasswordInitializationConfig.UserNotificationChannels.2": "sms",
    });
  });

  test("vanish where they are undefined, null or an empty list", () => {
    expect(flatten({ A: undefined, B: null, C: [], D: {}, E: "" })).toEqual({ E: "" });
  });

  test("arrive in EIAM, more than nine of them too", async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `ou_${index}`);
    const snapshot = await account.emulator.control.snapshot();
    const unit = (organizationalUnitId: string) => ({ organizationalUnitId, organizationalUnitName: "x" });
    const [instance] = snapshot.eiam.instances;
    const organizationalUnits = [...(instance?.organizationalUnits ?? []), ...ids.map(unit)];
    const eiamInstances = [{ ...instance!, organizationalUnits }];
    await account.emulator.control.restore({ ...snapshot, eiam: { instances: eiamInstances } });
    const params = { ...eiam, Username: "carol", PrimaryOrganizationalUnitId: units.root };
    await send("Eiam", "CreateUser", { ...params, OrganizationalUnitIds: ids });
    expect(await account.users("Eiam")).toMatchObject([{ organizationalUnitIds: [units.root, ...ids] }]);
  });
});

describe("a throttled call", () => {
  test.each(["GetUser", "CreateUser"])(
    "is sent again, %s too, since it was not carried out",
    async (action) => {
      await send("Ram", "CreateUser", { UserName: "bob" });
      await account.emulator.control.forgetCalls();
      await account.emulator.control.fault({ kind: "throttle", action });
      await send("Ram", action, { UserName: action === "GetUser" ? "bob" : "alice" });
      expect(await account.actions()).toEqual([action, action]);
    },
  );

  test("waits as long as the API asks for", async () => {
    await account.emulator.control.fault({ kind: "throttle", action: "ListUsers", retryAfterMs: 700 });
    const began = performance.now();
    await send("Ram", "ListUsers", {});
    expect(performance.now() - began).toBeGreaterThanOrEqual(695);
  });
});

describe("a call whose answer is lost", () => {
  const password = { Password: "Abcdef1234" };
  const bob = { ...bastionhost, Source: "Local", UserName: "bob", Password: "Ab1!cdefg" };
  const carol = { ...eiam, Username: "carol", PrimaryOrganizationalUnitId: units.root, ...password };

  test.each<[ProductName, string, Wire]>([
    ["Ram", "ListUsers", {}],
    ["Bastionhost", "ListUsers", bastionhost],
    ["Eiam", "GetRootOrganizationalUnit", eiam],
  ])("is sent again where it only reads: %s %s", async (product, action, params) => {
    await account.emulator.control.fault({ kind: "drop", product, action });
    await send(product, action, params);
    expect(await account.actions()).toEqual([action, action]);
  });

  test.each<[ProductName, Wire]>([
    ["Ram", { UserName: "alice" }],
    ["Bastionhost", bob],
    ["Eiam", carol],
  ])("is not sent again where it makes a user of %s and has no token", async (product, params) => {
    await account.emulator.control.fault({ kind: "drop", product, action: "CreateUser" });
    const fault = await faultOf(send(product, "CreateUser", params));
    expect(fault).toMatchObject({ name: "ApiFault", kind: "unavailable", action: "CreateUser" });
    expect(await account.actions()).toEqual(["CreateUser"]);
    expect(await account.users(product)).toHaveLength(1);
  });

  test("is sent again with the same token where it makes a user of EIAM, and makes one", async () => {
    await account.emulator.control.fault({ kind: "drop", product: "Eiam", action: "CreateUser" });
    const { UserId } = await send("Eiam", "CreateUser", { ...carol, ClientToken: "token-1" });
    const { calls } = await account.emulator.control.calls();
    expect(calls.map(({ params }) => params.ClientToken)).toEqual(["token-1", "token-1"]);
    expect((await account.users("Eiam")).map(({ userId }) => userId)).toEqual([UserId]);
  });

  test("is not sent again where it would mail a password twice", async () => {
    const { UserId } = await send("Eiam", "CreateUser", { ...carol, ClientToken: "token-1" });
    await account.emulator.control.forgetCalls();
    await account.emulator.control.fault({ kind: "drop", action: "UpdateUserPassword" });
    const params = { ...eiam, UserId, Password: "Abcdef5678" };
    await faultOf(send("Eiam", "UpdateUserPassword", params));
    expect(await account.actions()).toEqual(["UpdateUserPassword"]);
    expect(await account.users("Eiam")).toMatchObject([{ passwordDigest: digest("Abcdef5678") }]);
  });

  test("is sent again after a fault of the service, where it may be", async () => {
    await account.emulator.control.fault({ kind: "error", action: "ListUsers" });
    await send("Ram", "ListUsers", {});
    await account.emulator.control.fault({ kind: "error", action: "CreateUser" });
    await faultOf(send("Ram", "CreateUser", { UserName: "alice" }));
    expect(await account.actions()).toEqual(["ListUsers", "ListUsers", "CreateUser"]);
  });
});

describe("a refused call", () => {
  test("is not sent again, and says what was tried, what the API said and what to do", async () => {
    const fault = await faultOf(send("Ram", "CreateUser", { UserName: "a".repeat(65) }));
    expect(fault).toMatchObject({ kind: "invalid", code: "InvalidParameter.UserName.Length" });
    expect(fault.message).toMatch(
      /^RAM refused CreateUser \(InvalidParameter\.UserName\.Length: .+, request [0-9A-F-]{36}\)\. Correct the attribute/,
    );
    expect(await account.actions()).toEqual(["CreateUser"]);
  });

  test("of a wrong secret does not show what was signed", async () => {
    const params = { ...bastionhost, UserId: "1", Password: "Ab1!s3cret", Comment: "on leave" };
    const environment = { ALIBABA_CLOUD_ACCESS_KEY_SECRET: "wrong-secret" };
    const fault = await faultOf(send("Bastionhost", "ModifyUser", params, environment));
    expect(fault).toMatchObject({ kind: "denied", code: "SignatureDoesNotMatch" });
    expect(`${fault.message}${fault.stack}${JSON.stringify(fault)}`).not.toMatch(
      /s3cret|on leave|wrong-secret|string to sign|https?:|127\.0\.0\.1/,
    );
  });

  test("hides in an answer of status 200 where each user has a verdict of its own", async () => {
    const { UserId } = await send("Bastionhost", "CreateUser", {
      ...bastionhost,
      Source: "Local",
      UserName: "bob",
      Password: "Ab1!cdefg",
    });
    const lock = (ids: unknown[]) =>
      send("Bastionhost", "LockUsers", { ...bastionhost, UserIds: JSON.stringify(ids) });
    expect(await faultOf(lock(["99"]))).toMatchObject({ kind: "notFound", code: "OBJECT_NOT_FOUND" });
    await lock([UserId]);
    await expect(lock([UserId])).resolves.toMatchObject({ Results: [{ Code: "OBJECT_AlREADY_EXISTS" }] });
  });
});

describe("an answer that is not the API's", () => {
  const read = (environment = {}) =>
    sendThrough("Ram", { action: "CreateUser", params: { UserName: "alice" } }, environment);

  test("is a fault that says so, when it is a proxy's page", async () => {
    gateway.answers(502, "<html><body>Bad Gateway</body></html>", { "content-type": "text/html" });
    const fault = await faultOf(read());
    expect(fault).toMatchObject({ kind: "unavailable", code: "InvalidAnswer" });
    expect(fault.message).toContain("not JSON, perhaps a proxy's error page");
  });

  test.each([
    [503, '{"message":"upstream connect error"}'],
    [404, '{"message":"no Route matched with those values"}'],
    [403, "{}"],
    [502, '""'],
  ])("is a fault and no success, when its status is %i and its body %s", async (status, body) => {
    gateway.answers(status, body);
    await expect(read()).rejects.toMatchObject({ name: "ApiFault" });
  });

  test("is a fault of the code that it spells in lower case", async () => {
    gateway.answers(403, '{"code":"NoPermission","message":"No.","requestId":"R-1"}');
    await expect(read()).rejects.toMatchObject({ name: "ApiFault", kind: "forbidden", code: "NoPermission" });
  });

  test("is a fault of its code, whatever its status is", async () => {
    gateway.answers(200, '{"Code":"NoPermission","Message":"No.","RequestId":"R-1"}');
    await expect(read()).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("an instance that the region does not have", () => {
  const environment = { ALIBABA_CLOUD_REGION_ID: "cn-shanghai" };

  test.each([
    ["Bastionhost", "bastionhost-cn-none", "The Bastionhost console"],
    ["Eiam", "idaas_none", "The IDaaS console"],
  ] as const)(
    "is named with its region, and with where to look, by %s",
    async (product, InstanceId, where) => {
      const { message } = await faultOf(
        send(product, "GetUser", { InstanceId, UserId: product === "Eiam" ? "user_7" : "7" }, environment),
      );
      expect(message).toContain(
        `The instance is "${InstanceId}" in the region "cn-shanghai". ${where} lists the instances of each region; regionId, or the setting region,`,
      );
    },
  );

  test("is named in no fault about anything else", async () => {
    const InstanceId = instanceIds.Eiam;
    const { message } = await faultOf(send("Eiam", "GetUser", { InstanceId, UserId: "user_none" }));
    expect(message).not.toContain(InstanceId);
  });

  test("is not shown where the program keeps it secret", async () => {
    const sent = withSecrets(["idaas_none"], () =>
      send("Eiam", "GetUser", { InstanceId: "idaas_none", UserId: "u" }),
    );
    expect((await faultOf(sent)).message).not.toContain("idaas_none");
  });
});

describe("a user is not taken for gone", () => {
  const find = (product: ProductName) => {
    const wanted = { userId: "7", name: "alice", fields: [], declaredCount: undefined, fresh: true };
    return connect(settingsFor(gateway.url))
      .directory(schemaOf(product), { InstanceId: "i" }, undefined)
      .find(wanted);
  };
  const codes = [
    "InvalidAccessKeyId.NotFound",
    "InvalidApi.NotFound",
    "InvalidProduct.NotFound",
    "EntityNotExist.Group",
    "ResourceNotFound.Instance",
    "Commodity.BizError.InvalidStatus",
    "NoPermission",
  ];

  test.each(codes)("by the code %s, which comes with status 404 as well", async (Code) => {
    gateway.answers(404, JSON.stringify({ Code, Message: "Not found.", RequestId: "r" }));
    for (const product of ["Ram", "Bastionhost", "Eiam"] as const)
      await expect(find(product)).rejects.toMatchObject({ name: "ApiFault", code: Code });
  });
});

test("an endpoint where nobody listens is a fault that names the reason and the host, and shows no credentials", async () => {
  const nowhere = { ALICLOUD_USERS_ENDPOINT: "http://ann:s3cret@127.0.0.1:1/path?query" };
  const fault = await faultOf(send("Ram", "CreateUser", { UserName: "alice" }, nowhere));
  expect(fault).toMatchObject({ kind: "unreached", code: "ECONNREFUSED" });
  expect(fault.message).toContain("for CreateUser at http://127.0.0.1:1. ");
  expect(fault.message).toMatch(/ Tried 4 times within \d s\.$/);
  expect(fault.message).not.toMatch(/ann|s3cret|path|query/);
});

test("a call whose answer was lost may have been carried out, though nobody listens any more afterwards", async () => {
  const server = createServer(({ socket }) => {
    server.close();
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const directory = connect(settingsFor(url), { clock: passingClock() }).directory(
    schemaOf("Eiam"),
    {},
    undefined,
  );
  const params = { ...eiam, Username: "carol", ClientToken: "token" };
  const fault = await faultOf(directory.call({ action: "CreateUser", params }));
  expect(fault).toMatchObject({ kind: "unavailable", code: "ECONNRESET" });
});

test("half a character is refused by the name of its parameter, and nothing is sent", async () => {
  const fault = await faultOf(send("Ram", "GetUser", { UserName: "a\ud800" }));
  expect(fault).toMatchObject({ kind: "invalid" });
  expect(fault.message).toBe(
    "GetUser was not sent to RAM: UserName holds half a character (a lone surrogate), which cannot be sent. Take it out.",
  );
  expect(await account.actions()).toEqual([]);
});

test("a call that no credentials can sign fails with the reason, and is not taken for one of the network", async () => {
  const environment = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: "",
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: "",
    ALIBABA_CLOUD_PROFILE: "no-such-profile",
  };
  await expect(send("Ram", "ListUsers", {}, environment)).rejects.toThrow(/profile "no-such-profile"/);
  expect(await account.actions()).toEqual([]);
});

describe("the times in the settings", () => {
  const impatient = { ALICLOUD_CLIENT_READ_TIMEOUT: "200", ALICLOUD_MAX_RETRY_TIMEOUT: "1" };

  test("end a call whose answer does not come", async () => {
    await account.emulator.control.fault({ action: "CreateUser", kind: "delay", delayMs: 60_000 });
    const fault = await faultOf(send("Ram", "CreateUser", { UserName: "alice" }, impatient));
    expect(fault).toMatchObject({ kind: "unavailable", code: "Timeout" });
    expect(fault.message).toContain("alicloud:clientReadTimeout");
  });

  test("end a call that is throttled again and again", async () => {
    await account.emulator.control.fault({ kind: "throttle", times: 1000 });
    const fault = await faultOf(send("Ram", "ListUsers", {}, impatient));
    expect(fault).toMatchObject({ kind: "throttled", code: "Throttling.User" });
  });
});
