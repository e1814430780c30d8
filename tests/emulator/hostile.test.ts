import { connect } from "node:net";
import fc from "fast-check";
import { productNamed } from "../../emulator/products";
import { hostileText, hostileValue, runs } from "../hostile";
import { callV1, callV3, type Product, useEmulator, versions } from "./emulatorCalls";

const emulator = useEmulator();
const host = "bastionhost-cn-demo0001";
const idaas = "idaas_demo0001";

const calls = (Object.keys(versions) as Product[]).flatMap((product) =>
  Object.entries(productNamed(product).actions).map(([action, { accepted }]) => ({
    product,
    action,
    accepted,
  })),
);

/** Values that mean something to some action. */
const usual = fc.constantFrom(
  "ann",
  "1",
  "2",
  "100",
  "true",
  "false",
  "user_1",
  "ou_root_demo0001",
  "age",
  "enabled",
  "Local",
  "totp",
  '["1"]',
  '["totp"]',
  "[]",
  "{}",
  "[1]",
  "null",
  "Active",
  "System",
  "1000000",
  "-1",
  "0",
);

/** The parameters of a call, most of them by names that its action knows, as one value, list or object. */
function paramsOf(product: Product, accepted: readonly string[]): fc.Arbitrary<Record<string, string>> {
  const suffix = fc.constantFrom(
    "",
    "",
    "",
    ".1",
    ".2",
    ".1.FieldName",
    ".1.FieldValue",
    ".0",
    ".a",
    ".1.1",
    ".",
  );
  const name = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(fc.constantFrom(...accepted, "UserName"), suffix).map((parts) => parts.join("")),
    },
    hostileText,
  );
  const named = {
    Ram: { UserName: "ann" },
    Bastionhost: { InstanceId: host, UserId: "1" },
    Eiam: { InstanceId: idaas },
    Sts: {},
  };
  return fc
    .array(fc.tuple(name, fc.oneof(usual, hostileText)), { maxLength: 8 })
    .map((entries) => ({ ...named[product], ...Object.fromEntries(entries) }));
}

/** A text that survives the way: halves of characters cannot be signed. */
const sendable = (params: Record<string, string>): boolean =>
  Object.entries(params).every((entry) => entry.every((text) => !/\p{Surrogate}/u.test(text)));

const wholeText = hostileText.map((text) => text.replace(/\p{Surrogate}/gu, "\ufffd"));

async function expectAlive(): Promise<void> {
  const { status } = await callV1(emulator.url, "Ram", "ListUsers");
  expect(status).toBe(200);
}

beforeEach(async () => {
  await callV1(emulator.url, "Ram", "CreateUser", { UserName: "ann" });
  await callV1(emulator.url, "Bastionhost", "CreateUser", {
    InstanceId: host,
    UserName: "ann",
    Source: "Local",
    Password: "Aa1!aaaa",
  });
  await callV1(emulator.url, "Eiam", "CreateUser", {
    InstanceId: idaas,
    Username: "ann",
    PrimaryOrganizationalUnitId: "ou_root_demo0001",
  });
});

describe("an emulator that is sent requests of any shape", () => {
  let printed: jest.SpyInstance;
  beforeEach(() => void (printed = jest.spyOn(console, "error")));
  afterEach(() => {
    const lines = printed.mock.calls.splice(0);
    printed.mockRestore();
    expect(lines).toEqual([]);
  });

  test("answers every signed call, and never with a fault of its own", async () => {
    const call = fc.constantFrom(...calls).chain(({ product, action, accepted }) =>
      fc.record({
        product: fc.constant(product),
        action: fc.constant(action),
        params: paramsOf(product, accepted).filter(sendable),
        format: fc.constantFrom("JSON", "XML"),
      }),
    );
    await fc.assert(
      fc.asyncProperty(call, async ({ product, action, params, format }) => {
        const { status, text } = await callV1(emulator.url, product, action, params, {
          common: { Format: format },
        });
        if (status >= 500) throw new Error(text);
        expect(text).toContain("RequestId");
        expect(text).not.toMatch(/native code|is not a function|Cannot read/);
      }),
      runs(200),
    );
    await expectAlive();
  });

  test("answers every call that is signed in headers", async () => {
    const params = paramsOf("Ram", ["UserName", "Marker", "MaxItems"]).filter(sendable);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...calls), params, async ({ product, action }, given) => {
        const { status } = await callV3(emulator.url, product, action, given);
        expect(status).toBeLessThan(500);
      }),
      runs(100),
    );
    await expectAlive();
  });

  test("answers unsigned requests of any path, method, headers and body", async () => {
    const request = fc.record({
      method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"),
      path: fc.oneof(
        fc.webPath(),
        fc.constantFrom(
          "/",
          "/?Action=ListUsers",
          "/?Action=constructor&Version=2015-05-01",
          "//",
          "/_emulator",
        ),
        wholeText.map((text) => `/?${encodeURI(text)}=%zz&&=`),
      ),
      type: fc.constantFrom(
        "application/x-www-form-urlencoded",
        "application/json",
        "text/plain",
        "multipart/form-data",
      ),
      authorization: fc.constantFrom(
        undefined,
        "ACS3-",
        "ACS3-HMAC-SHA256 Credential=,SignedHeaders=,Signature=",
        "Basic eA==",
      ),
      body: fc.oneof(fc.uint8Array(), hostileText, fc.json()),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, type, authorization, body }) => {
        const headers = { "content-type": type, ...(authorization === undefined ? {} : { authorization }) };
        const content = ["GET", "HEAD"].includes(method) ? {} : { body };
        const { status } = await fetch(`${emulator.url}${path}`, { method, headers, ...content });
        expect(status).toBeLessThan(500);
      }),
      runs(200),
    );
    await expectAlive();
  });

  test("answers any body on the routes that steer it, with a sentence where it takes none", async () => {
    const routes = fc.constantFrom("POST /faults", "POST /settings", "POST /instances", "PUT /snapshot");
    const bodies = fc.oneof(
      fc.jsonValue().map((value) => JSON.stringify(value)),
      hostileValue.map((value) => JSON.stringify(value)),
      wholeText,
    );
    await fc.assert(
      fc.asyncProperty(routes, bodies, async (route, body) => {
        const [method = "", path = ""] = route.split(" ");
        const headers = { "content-type": "application/json" };
        const response = await fetch(`${emulator.url}/_emulator${path}`, {
          method,
          headers,
          body,
        });
        expect(response.status).toBeLessThan(500);
        if (!response.ok) expect(await response.json()).toEqual({ error: expect.any(String) });
      }),
      runs(100),
    );
    await emulator.control.reset();
    await expectAlive();
  });

  test("survives what is no HTTP at all, and connections that end in the middle", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, isRequest) => {
        const head = isRequest ? "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999\r\n\r\n" : "";
        const socket = connect(emulator.port, "127.0.0.1");
        await new Promise<void>((resolve) => {
          socket.on("error", () => resolve()).on("close", () => resolve());
          socket.write(Buffer.concat([Buffer.from(head), bytes]), () => socket.destroy());
        });
      }),
      runs(50),
    );
    await expectAlive();
  });
});
