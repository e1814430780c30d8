import { type FaultSpec, startEmulator } from "../../emulator";
import { callerOf, useEmulator } from "./emulatorCalls";

const emulator = useEmulator();
const ram = callerOf(emulator, "Ram");
const bastionhost = callerOf(emulator, "Bastionhost", { InstanceId: "bastionhost-cn-demo0001" });
const eiam = callerOf(emulator, "Eiam", { InstanceId: "idaas_demo0001" });
const alice = { UserName: "alice" };
const bob = { UserName: "bob", Source: "Local", Password: "Secret-123" };
const carol = { Username: "carol", PrimaryOrganizationalUnitId: "ou_root_demo0001" };

/** Whether RAM holds alice. */
async function hasAlice(): Promise<boolean> {
  return (await emulator.control.snapshot()).ram.users.length === 1;
}

/** What a client sees of an answer that does not come: its cause's code. */
async function lossOf(call: Promise<unknown>): Promise<string | undefined> {
  const error = await call.then(
    () => undefined,
    (reason: Error & { cause?: { code?: string } }) => reason,
  );
  return error?.cause?.code;
}

describe("faults", () => {
  const codes = async (count: number) => {
    const seen: unknown[] = [];
    for (let n = 0; n < count; n += 1) {
      const { status, body } = await ram("ListUsers");
      seen.push(status === 200 ? 200 : (body as { Code: string }).Code);
    }
    return seen;
  };

  test("throttle so many calls, undone", async () => {
    await emulator.control.fault({
      product: "Ram",
      action: "CreateUser",
      kind: "throttle",
      times: 2,
      retryAfterMs: 250,
    });
    for (let n = 1; n <= 2; n += 1) {
      const { status, body, headers } = await ram("CreateUser", { UserName: "alice" });
      expect({ status, body }).toMatchObject({ status: 400, body: { Code: "Throttling.User" } });
      expect(headers.get("x-acs-retry-after")).toBe("250");
    }
    expect((await ram("ListUsers")).body).toMatchObject({ Users: { User: [] } });
    expect((await ram("CreateUser", { UserName: "alice" })).status).toBe(200);
  });

  test("hit the calls alone that carry their parameters", async () => {
    await emulator.control.fault({ kind: "denied", action: "CreateUser", params: { UserName: "alice" } });
    expect((await ram("CreateUser", { UserName: "bob" })).status).toBe(200);
    expect((await ram("CreateUser", alice)).status).toBe(403);
    expect((await ram("CreateUser", alice)).status).toBe(200);
  });

  test("answer with any status, code and message", async () => {
    const forbidden = { status: 403, code: "NoPermission", message: "You may not." };
    await emulator.control.fault({ kind: "error", ...forbidden });
    expect(await ram("ListUsers")).toMatchObject({
      status: 403,
      body: { Code: "NoPermission", Message: "You may not." },
    });
    await emulator.control.fault({ kind: "error" });
    expect(await eiam("ListUsers")).toMatchObject({ status: 500, body: { Code: "InternalError" } });
    expect((await eiam("ListUsers")).status).toBe(200);
  });

  test("drop the answer of a call that was done", async () => {
    await emulator.control.fault({ product: "Eiam", action: "CreateUser", kind: "drop" });
    await expect(eiam("CreateUser", { ...carol, ClientToken: "t" })).rejects.toThrow("fetch failed");
    expect((await eiam("ListUsers")).body).toMatchObject({ TotalCount: 1 });
    expect((await eiam("CreateUser", { ...carol, ClientToken: "t" })).status).toBe(200);
    expect((await emulator.control.calls()).calls[0]).toMatchObject({ status: 0, code: "Dropped" });
  });

  test("delay the answer of a call that is done at once", async () => {
    await emulator.control.fault({ product: "Ram", action: "CreateUser", kind: "delay", delayMs: 300 });
    const started = performance.now();
    const late = ram("CreateUser", { UserName: "alice" });
    while ((await emulator.control.calls()).total === 0);
    expect((await ram("GetUser", { UserName: "alice" })).status).toBe(200);
    expect((await late).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(295);
  });

  test.each<[FaultSpec["kind"], number, string]>([
    ["throttle", 400, "Throttling.User"],
    ["error", 500, "InternalError"],
    ["unavailable", 503, "ServiceUnavailable"],
    ["denied", 403, "NoPermission"],
    ["expiredToken", 400, "InvalidSecurityToken.Expired"],
    ["clockSkew", 400, "InvalidTimeStamp.Expired"],
    ["expiredInstance", 400, "Commodity.BizError.InvalidStatus"],
  ])("refuse a call undone, or done when the fault says so: %s", async (kind, status, code) => {
    await emulator.control.fault({ kind, action: "CreateUser" });
    expect(await ram("CreateUser", alice)).toMatchObject({ status, body: { Code: code } });
    expect(await hasAlice()).toBe(false);
    await emulator.control.fault({ kind, action: "CreateUser", done: true });
    expect(await ram("CreateUser", alice)).toMatchObject({ status, body: { Code: code } });
    expect(await hasAlice()).toBe(true);
  });

  test("send the headers that they are given", async () => {
    await emulator.control.fault({ kind: "unavailable", headers: { "retry-after": "3600" } });
    expect((await ram("ListUsers")).headers.get("retry-after")).toBe("3600");
  });

  test("answer with a page of HTML in place of JSON", async () => {
    await emulator.control.fault({ kind: "html", action: "CreateUser" });
    const { status, headers, text } = await ram("CreateUser", alice);
    expect([status, headers.get("content-type")]).toEqual([502, "text/html;charset=utf-8"]);
    expect(text).toMatch(/^<!DOCTYPE html>/);
    expect(await hasAlice()).toBe(false);
  });

  test.each(["{}", "[]", '"text"', '{"User":{}}', "not JSON", ""])(
    "answer with status 200 and any text: %s",
    async (body) => {
      await emulator.control.fault({
        kind: "body",
        action: "GetUser",
        body,
        headers: { "content-type": "text/plain" },
      });
      const { status, text } = await ram("GetUser", alice);
      expect({ status, text }).toEqual({ status: 200, text: body });
    },
  );

  test("refuse each item of a call that succeeds", async () => {
    const { body } = await bastionhost("CreateUser", bob);
    const { UserId } = body as { UserId: string };
    await emulator.control.fault({ kind: "itemError", action: "LockUsers", code: "OBJECT_NOT_FOUND" });
    const reply = await bastionhost("LockUsers", { UserIds: JSON.stringify([UserId]) });
    const Results = [{ UserId, Code: "OBJECT_NOT_FOUND", Message: "" }];
    expect(reply).toMatchObject({ status: 200, body: { Results } });
    expect((await bastionhost("GetUser", { UserId })).body).toMatchObject({
      User: { UserState: ["Normal"] },
    });
  });

  test("reset the connection before the work", async () => {
    await emulator.control.fault({ kind: "reset", action: "CreateUser" });
    expect(await lossOf(ram("CreateUser", alice))).toBe("ECONNRESET");
    expect(await hasAlice()).toBe(false);
    expect((await emulator.control.calls()).calls[0]).toMatchObject({ status: 0, code: "Reset" });
  });

  test("drop the answer of a call that was not done, when they say so", async () => {
    await emulator.control.fault({ kind: "drop", action: "CreateUser", done: false });
    expect(await lossOf(ram("CreateUser", alice))).toBe("UND_ERR_SOCKET");
    expect(await hasAlice()).toBe(false);
  });

  test("cut the answer of a call that was done in the middle of its body", async () => {
    await emulator.control.fault({ kind: "cut", action: "CreateUser" });
    const cut = ram("CreateUser", alice);
    await expect(cut).rejects.toThrow("terminated");
    expect(await lossOf(cut)).toBe("UND_ERR_SOCKET");
    expect(await hasAlice()).toBe(true);
    expect((await emulator.control.calls()).calls[0]).toMatchObject({ status: 0, code: "Cut" });
  });

  test("refuse connections for a while", async () => {
    await emulator.control.fault({ kind: "outage", action: "CreateUser", downMs: 1 });
    expect(await lossOf(ram("CreateUser", alice))).toBe("UND_ERR_SOCKET");
    let answer: Awaited<ReturnType<typeof ram>> | undefined;
    while (!answer) answer = await ram("CreateUser", alice).catch(() => undefined);
    expect(answer.status).toBe(200);
    const { calls } = await emulator.control.calls();
    expect(calls.map(({ status, code }) => [status, code])).toEqual([
      [0, "Outage"],
      [200, undefined],
    ]);
  });

  test("refuse connections until the emulator is closed", async () => {
    const other = await startEmulator();
    await other.control.fault({ kind: "outage", downMs: 600_000 });
    const call = callerOf(other, "Ram");
    expect(await lossOf(call("ListUsers"))).toBe("UND_ERR_SOCKET");
    expect(await lossOf(call("ListUsers"))).toBe("ECONNREFUSED");
    await other.close();
  });

  test("let the first calls pass when they are told to skip them", async () => {
    await emulator.control.fault({ product: "Ram", kind: "error", code: "Late", skip: 2, times: 2 });
    expect(await codes(5)).toEqual([200, 200, "Late", "Late", 200]);
  });

  test("are listed until they are used up", async () => {
    await emulator.control.fault({ action: "ListUsers", kind: "throttle", times: 2 });
    await ram("ListUsers");
    const left = { product: "*", action: "ListUsers", params: {}, kind: "throttle", skip: 0, times: 1 };
    expect(await emulator.control.faults()).toEqual([left]);
    await ram("ListUsers");
    expect(await emulator.control.faults()).toEqual([]);
  });

  test("come in the order in which they were asked for", async () => {
    await emulator.control.fault({ kind: "error", code: "First", status: 400 });
    await emulator.control.fault({
      product: "Ram",
      action: "*",
      kind: "error",
      code: "Second",
      status: 400,
      times: 2,
    });
    expect(await codes(4)).toEqual(["First", "Second", "Second", 200]);
  });

  test("hit the named product and action alone", async () => {
    await emulator.control.fault({ product: "Bastionhost", action: "ListUsers", kind: "error" });
    expect(await codes(1)).toEqual([200]);
    expect((await eiam("ListUsers")).status).toBe(200);
    expect((await bastionhost("GetInstanceTwoFactor")).status).toBe(200);
    expect((await bastionhost("ListUsers")).status).toBe(500);
  });

  test("are not spent on a call whose signature is wrong", async () => {
    await emulator.control.fault({ kind: "error", code: "Mine" });
    await ram("ListUsers", {}, { secret: "wrong" });
    expect(await codes(1)).toEqual(["Mine"]);
  });

  test("are cleared on demand", async () => {
    await emulator.control.fault({ kind: "error", times: 100 });
    await emulator.control.clearFaults();
    expect(await codes(1)).toEqual([200]);
  });

  test.each<[string, object]>([
    ["at kind", { kind: "explode" }],
    ["at action", { kind: "error", product: "Ram", action: "LockUsers" }],
    ["at delayMs", { kind: "delay" }],
    ["at status", { kind: "drop", status: 500 }],
    ["at body", { kind: "error", body: "x" }],
    ["at action", { kind: "itemError", action: "GetUser" }],
    ["at product", { kind: "error", product: "Ecs" }],
    ["at times", { kind: "error", times: 0 }],
    ['"actoin"', { kind: "error", actoin: "ListUsers" }],
  ])("are refused readably: %s", async (reason, fault) => {
    await expect(emulator.control.fault(fault as FaultSpec)).rejects.toThrow(reason);
  });
});
