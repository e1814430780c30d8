import { createHash } from "node:crypto";
import { startEmulator } from "../../emulator";
import { products } from "../../emulator/products";
import { createNonces } from "../../emulator/wire/nonces";
import { callerOf, callV1, callV3, type Product, timestamp, useEmulator, versions } from "./emulatorCalls";

const emulator = useEmulator();
const ram = callerOf(emulator, "Ram");
const minutes = (count: number) => timestamp(new Date(Date.now() + count * 60_000));

describe("both signatures", () => {
  const ways = [
    ["V1 in the form", (action: string) => ram(action)],
    ["V1 in the query of a POST", (action: string) => ram(action, {}, { in: "query" })],
    ["V1 in the query of a GET", (action: string) => ram(action, {}, { method: "GET" })],
    ["V3 by POST", (action: string) => callV3(emulator.url, "Ram", action)],
    ["V3 by GET", (action: string) => callV3(emulator.url, "Ram", action, {}, { method: "GET" })],
  ] as const;

  test.each(ways)("are taken: %s", async (_name, call) => {
    const { status, body } = await call("ListUsers");
    expect({ status, body }).toEqual({
      status: 200,
      body: { RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/), IsTruncated: false, Users: { User: [] } },
    });
  });

  test("keep odd characters as they were sent", async () => {
    const DisplayName = "O'Brien (测试)*~! a+b&c=d%20";
    await ram("CreateUser", { UserName: "form", DisplayName });
    await ram("CreateUser", { UserName: "query", DisplayName }, { method: "GET" });
    await callV3(emulator.url, "Ram", "CreateUser", { UserName: "v3", DisplayName });
    for (const UserName of ["form", "query", "v3"]) {
      expect((await ram("GetUser", { UserName })).body).toMatchObject({ User: { UserName, DisplayName } });
    }
  });

  test("cover the body of a V3 call", async () => {
    const wrong = { "x-acs-content-sha256": createHash("sha256").update("another body").digest("hex") };
    const { status, body } = await callV3(emulator.url, "Ram", "ListUsers", {}, { common: wrong });
    expect({ status, body }).toMatchObject({ status: 400, body: { Code: "SignatureDoesNotMatch" } });
  });
});

describe("a call is refused", () => {
  test("with the string to sign when its V1 signature is wrong, as the vendor does", async () => {
    const { status, body } = await ram("GetUser", { UserName: "a" }, { secret: "wrong" });
    expect(status).toBe(400);
    expect(body).toEqual({
      RequestId: expect.any(String),
      HostId: new URL(emulator.url).host,
      Code: "SignatureDoesNotMatch",
      Message: expect.stringMatching(
        /^Specified signature is not matched with our calculation\. server string to sign is:POST&%2F&AccessKeyId%3Dtestid/,
      ),
    });
  });

  test("when something is changed after signing", async () => {
    const tamper = (signed: string) => signed.replace("UserName=a", "UserName=b");
    const v1 = await ram("GetUser", { UserName: "a" }, { tamper });
    const v3 = await callV3(emulator.url, "Ram", "GetUser", { UserName: "a" }, { tamper });
    for (const { body } of [v1, v3]) expect(body).toMatchObject({ Code: "SignatureDoesNotMatch" });
  });

  test.each([
    ["of an unknown key", 404, "InvalidAccessKeyId.NotFound", { AccessKeyId: "nobody" }],
    ["without a key", 400, "MissingAccessKeyId", { AccessKeyId: undefined }],
    ["without a nonce", 400, "MissingSignatureNonce", { SignatureNonce: undefined }],
    ["without a timestamp", 400, "MissingTimestamp", { Timestamp: undefined }],
    ["with another signature method", 400, "IncompleteSignature", { SignatureMethod: "HMAC-MD5" }],
    ["of 16 minutes ago", 400, "InvalidTimeStamp.Expired", { Timestamp: minutes(-16) }],
    ["from 16 minutes ahead", 400, "InvalidTimeStamp.Expired", { Timestamp: minutes(16) }],
    [
      "with a timestamp in another form",
      400,
      "InvalidTimeStamp.Format",
      { Timestamp: new Date().toISOString() },
    ],
    ["of an unknown version", 400, "InvalidVersion", { Version: "2020-02-02" }],
    ["without a version", 400, "MissingVersion", { Version: undefined }],
    ["of an unknown action", 404, "InvalidAction.NotFound", { Action: "ListEverything" }],
    ["of an action that is a word of JavaScript", 404, "InvalidAction.NotFound", { Action: "constructor" }],
    ["without an action", 400, "MissingAction", { Action: undefined }],
  ])("%s", async (_name, status, code, common) => {
    const reply = await ram("ListUsers", {}, { common });
    expect(reply).toMatchObject({ status, body: { Code: code } });
  });

  test("without a signature", async () => {
    const tamper = (signed: string) => signed.replace(/&Signature=.*/, "");
    expect((await ram("ListUsers", {}, { tamper })).body).toMatchObject({ Code: "IncompleteSignature" });
  });

  test("when a V3 header that must be signed is missing", async () => {
    const common = { "x-acs-content-sha256": undefined };
    const { body } = await callV3(emulator.url, "Ram", "ListUsers", {}, { common });
    expect(body).toMatchObject({ Code: "IncompleteSignature" });
  });

  test("when it says that it signed a header whose name is a word of JavaScript", async () => {
    const common = {
      "x-acs-action": "ListUsers",
      "x-acs-version": versions.Ram,
      "x-acs-date": timestamp(),
      "x-acs-signature-nonce": "n",
      "x-acs-content-sha256": createHash("sha256").digest("hex"),
    };
    const signed = ["constructor", "host", ...Object.keys(common)].join(";");
    const authorization = `ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=${signed},Signature=${"0".repeat(64)}`;
    const response = await fetch(emulator.url, { headers: { ...common, authorization } });
    expect(await response.json()).toMatchObject({ Code: "SignatureDoesNotMatch" });
  });

  test("when its nonce was used, by either signature", async () => {
    const common = { SignatureNonce: "again" };
    expect((await ram("ListUsers", {}, { common })).status).toBe(200);
    expect(await ram("ListUsers", {}, { common })).toMatchObject({
      status: 400,
      body: { Code: "SignatureNonceUsed" },
    });
    const v3 = { common: { "x-acs-signature-nonce": "again" } };
    expect((await callV3(emulator.url, "Ram", "ListUsers", {}, v3)).body).toMatchObject({
      Code: "SignatureNonceUsed",
    });
  });

  test("when it writes to EIAM by GET", async () => {
    const reply = await callV1(emulator.url, "Eiam", "DeleteUser", {}, { method: "GET" });
    expect(reply).toMatchObject({ status: 403, body: { Code: "UnsupportedHTTPMethod" } });
  });

  test("with a readable 404 on another path", async () => {
    const response = await fetch(`${emulator.url}/users`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ Code: "InvalidApi.NotFound" });
  });
});

test("takes the time of a call within 15 minutes either way", async () => {
  for (const Timestamp of [minutes(-14), minutes(14)]) {
    expect((await ram("ListUsers", {}, { common: { Timestamp } })).status).toBe(200);
  }
});

describe("temporary credentials", () => {
  const sts = { AccessKeyId: "STS.testid" };

  test("are taken with their token", async () => {
    const v1 = await ram("ListUsers", {}, { common: { ...sts, SecurityToken: "testtoken" } });
    const headers = { "x-acs-accesskey-id": "STS.testid", "x-acs-security-token": "testtoken" };
    const v3 = await callV3(emulator.url, "Ram", "ListUsers", {}, { common: headers });
    expect([v1.status, v3.status]).toEqual([200, 200]);
  });

  test.each([
    ["without a token", sts, "MissingSecurityToken"],
    ["with another token", { ...sts, SecurityToken: "other" }, "InvalidSecurityToken.Malformed"],
    [
      "of a lasting key with a token",
      { SecurityToken: "testtoken" },
      "InvalidSecurityToken.MismatchWithAccessKey",
    ],
  ])("are refused %s", async (_name, common, code) => {
    expect((await ram("ListUsers", {}, { common })).body).toMatchObject({ Code: code });
  });
});

describe("parameters", () => {
  const everyAction = Object.values(products).flatMap(({ name, actions }) =>
    Object.keys(actions).map((action) => [name, action] as const),
  );

  test.each(everyAction)(
    "of %s %s are refused by name when the real API lacks them",
    async (product, action) => {
      const reply = await callV1(emulator.url, product, action, { Nonsense: "1" });
      const Message = expect.stringContaining('"Nonsense"');
      expect(reply).toMatchObject({ status: 400, body: { Code: "UnsupportedParameter", Message } });
    },
  );

  test.each(everyAction)("of %s %s may be the common ones of every call", async (product, action) => {
    const common = { RegionId: "cn-hangzhou", OwnerId: "1", OwnerAccount: "a" };
    const owner = { ResourceOwnerId: "1", ResourceOwnerAccount: "a" };
    const { body } = await callV1(emulator.url, product, action, { ...common, ...owner });
    expect(body).not.toMatchObject({ Code: "UnsupportedParameter" });
    expect((await emulator.control.calls()).calls[0]).toMatchObject({ params: { ...common, ...owner } });
  });

  test.each([
    ["in another case", "Ram", "GetUser", { userName: "a" }, "userName"],
    ["as a list where a text is meant", "Bastionhost", "LockUsers", { "UserIds.1": "1" }, "UserIds.1"],
    ["as a list that the operation lacks", "Bastionhost", "GetUser", { "Fields.1": "1" }, "Fields.1"],
    ["inside a list", "Eiam", "UpdateUser", { "CustomFields.1.Value": "1" }, "CustomFields.1.Value"],
    ["with a name out of JavaScript", "Ram", "GetUser", { "__proto__.x": "1" }, "__proto__.x"],
    ["both as a text and as a list", "Eiam", "ListUsers", { UserIds: "1", "UserIds.1": "1" }, "UserIds.1"],
  ] as [string, Product, string, Record<string, string>, string][])(
    "are refused %s",
    async (_name, product, action, params, name) => {
      const { body } = await callV1(emulator.url, product, action, params);
      expect(body).toMatchObject({
        Code: "UnsupportedParameter",
        Message: expect.stringContaining(`"${name}"`),
      });
    },
  );
});

describe("parameters that the real API lacks, where nothing else is set", () => {
  const eiamUser = { InstanceId: "idaas_demo0001", Username: "carol" };
  const root = "ou_root_demo0001";

  beforeEach(() => emulator.control.settings({ unknownParameters: "ignore" }));

  test.each<[string, Product, string, Record<string, string>]>([
    ["a name", "Ram", "CreateUser", { UserName: "a", Nonsense: "1" }],
    ["a name in another case", "Ram", "CreateUser", { UserName: "a", displayName: "b" }],
    [
      "a name out of JavaScript",
      "Ram",
      "CreateUser",
      { UserName: "a", constructor: "1", "__proto__.x": "1" },
    ],
    ["a list", "Ram", "CreateUser", { UserName: "a", "Fields.1": "1", "Fields.2.Name": "2" }],
    ["a list where a text is meant", "Ram", "CreateUser", { UserName: "a", "Comments.1": "1" }],
    [
      "a name inside a list",
      "Eiam",
      "CreateUser",
      {
        ...eiamUser,
        PrimaryOrganizationalUnitId: root,
        "CustomFields.1.FieldName": "age",
        "CustomFields.1.FieldValue": "1",
        "CustomFields.1.Unit": "years",
      },
    ],
    [
      "objects in a list of texts",
      "Eiam",
      "CreateUser",
      {
        ...eiamUser,
        PrimaryOrganizationalUnitId: root,
        "OrganizationalUnitIds.1.x": "1",
        "OrganizationalUnitIds.2.x": "1",
        "OrganizationalUnitIds.3": root,
      },
    ],
  ])("are ignored: %s", async (_name, product, action, params) => {
    const { status, body } = await callV1(emulator.url, product, action, params);
    expect({ status, body }).toMatchObject({ status: 200 });
    expect((await emulator.control.calls()).calls[0]).toMatchObject({ params });
  });

  test("leave the rules of the others as they are", async () => {
    const { body } = await ram("CreateUser", { "UserName.1": "a" });
    expect(body).toMatchObject({ Code: "InvalidParameter.UserName.Length" });
  });

  test("are ignored by an emulator that is started with no settings", async () => {
    const plain = await startEmulator();
    try {
      const reply = await callV1(plain.url, "Ram", "ListUsers", { Nonsense: "1" });
      expect(reply.status).toBe(200);
    } finally {
      await plain.close();
    }
  });
});

describe("XML", () => {
  test("has the action in its root", async () => {
    await ram("CreateUser", { UserName: "a", DisplayName: "A & B" });
    await ram("CreateUser", { UserName: "b" });
    const { text, headers } = await ram("ListUsers", {}, { common: { Format: "XML" } });
    expect(headers.get("content-type")).toBe("text/xml;charset=utf-8");
    expect(text).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?><ListUsersResponse><RequestId>[^<]+<\/RequestId>/,
    );
    expect(text).toContain(
      "<IsTruncated>false</IsTruncated><Users><User><UserId>200000000000000001</UserId>",
    );
    expect(text).toContain("<DisplayName>A &amp; B</DisplayName>");
    expect(text.match(/<User>/g)).toHaveLength(2);
  });

  test("has Error for its root when the call is refused", async () => {
    const params = { UserName: "nobody" };
    const v3 = { common: { accept: "application/xml" } };
    const replies = [
      await ram("GetUser", params, { common: { Format: "xml" } }),
      await callV3(emulator.url, "Ram", "GetUser", params, v3),
    ];
    for (const { status, text } of replies) {
      expect(status).toBe(404);
      expect(text).toMatch(
        /<Error><RequestId>[^<]+<\/RequestId><HostId>[^<]+<\/HostId><Code>EntityNotExist\.User</,
      );
    }
  });
});

test("answers in JSON when no format is asked for", async () => {
  const { body } = await ram("ListUsers", {}, { common: { Format: undefined } });
  expect(body).toMatchObject({ IsTruncated: false });
});

test("finds the product by the version, whatever the host", async () => {
  const { body } = await callV1(
    emulator.url,
    "Bastionhost",
    "GetUser",
    {},
    { common: { Version: versions.Eiam } },
  );
  expect(body).toMatchObject({ Code: "MissingParameter.InstanceId" });
});

test("lets go of the oldest nonces, so that its memory is bounded", () => {
  const nonces = createNonces(2);
  for (const nonce of ["a", "b", "c"]) expect(nonces.isNew("key", nonce)).toBe(true);
  expect(nonces.isNew("key", "c")).toBe(false);
  expect(nonces.isNew("key", "a")).toBe(true);
});
