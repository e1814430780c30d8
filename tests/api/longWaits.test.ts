import { connect } from "../../provider/api/connect";
import type { ApiFault } from "../../provider/api/fault";
import type { Wire } from "../../provider/core/wire";
import { settingsFor } from "./account";
import { useGateway } from "./gateway";
import { passingClock } from "./passingClock";
import { schemaOf } from "./schemaOf";

const gateway = useGateway();

const refusals = {
  throttled: { status: 400, Code: "Throttling.User" },
  unavailable: { status: 503, Code: "ServiceUnavailable" },
};

/** Sends a read that is refused once with these headers; what becomes of it and how long it waited. */
async function refusedOnce(kind: keyof typeof refusals, headers: Record<string, string>) {
  const { status, Code } = refusals[kind];
  gateway.received.length = 0;
  gateway.answersEach((_params, before) =>
    before === 0
      ? { status, headers, body: { RequestId: "r", Code, Message: "" } }
      : { body: { RequestId: "r" } },
  );
  const clock = passingClock();
  const directory = connect(settingsFor(gateway.url), { clock }).directory(schemaOf("Ram"), {}, undefined);
  const outcome = await directory
    .call({ action: "GetLoginProfile", params: {} })
    .catch((fault: unknown) => fault as ApiFault);
  return {
    outcome: outcome as Wire & { message?: string },
    waited: clock.slept,
    calls: gateway.received.length,
  };
}

const inFuture = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();

describe.each(["throttled", "unavailable"] as const)("a wait that the API asks for (%s)", (kind) => {
  test.each<[string, Record<string, string>, number]>([
    ["in seconds", { "retry-after": "7" }, 7000],
    ["in milliseconds, in its own header", { "x-acs-retry-after": "7000" }, 7000],
    ["of two minutes", { "retry-after": "120" }, 120_000],
    ["in fractions", { "retry-after": "1.5" }, 1500],
  ])("is kept: %s", async (_how, headers, expected) => {
    const { outcome, waited, calls } = await refusedOnce(kind, headers);
    expect(outcome).toEqual({ RequestId: "r" });
    expect([waited, calls]).toEqual([expected, 2]);
  });

  test("is taken from the standard header where the API's own asks for none", async () => {
    const { waited } = await refusedOnce(kind, { "x-acs-retry-after": "0", "retry-after": "7" });
    expect(waited).toBe(7000);
  });

  test("is kept where it is a date", async () => {
    const { outcome, waited } = await refusedOnce(kind, { "retry-after": inFuture(60) });
    expect(outcome).toEqual({ RequestId: "r" });
    expect(waited).toBeGreaterThan(50_000);
    expect(waited).toBeLessThanOrEqual(60_000);
  });

  test.each<[Record<string, string>, string]>([
    [{ "retry-after": "3600" }, "3600 s"],
    [{ "x-acs-retry-after": "86400000" }, "86400 s"],
    [{ "x-acs-retry-after": "120001" }, "121 s"],
    [{ "retry-after": "1".repeat(400) }, "Infinity s"],
  ])("of more than two minutes fails at once and says so: %j", async (headers, asked) => {
    const { outcome, waited, calls } = await refusedOnce(kind, headers);
    expect(outcome).toMatchObject({ name: "ApiFault", kind, code: refusals[kind].Code });
    expect(outcome.message).toMatch(/^RAM refused GetLoginProfile \(.+\)\. /);
    expect(outcome.message).toContain(
      ` The API asked to wait ${asked} before the call is sent again (at most 120 s are waited); run again after that time.`,
    );
    expect([waited, calls]).toEqual([0, 1]);
  });

  test("of more than two minutes by a date fails at once", async () => {
    const { outcome, calls } = await refusedOnce(kind, { "retry-after": inFuture(86_400) });
    expect(outcome.message).toMatch(/The API asked to wait 86[34]\d\d s/);
    expect(calls).toBe(1);
  });

  test.each(["-5", "NaN", "Infinity", "soon", "", "1e9", "0", "Wed, 21 Oct 2015 07:28:00 GMT"])(
    "counts for nothing where it is %j",
    async (text) => {
      const headers = { "retry-after": text, "x-acs-retry-after": text };
      const { outcome, waited } = await refusedOnce(kind, headers);
      expect(outcome).toEqual({ RequestId: "r" });
      expect(waited).toBeLessThanOrEqual(250);
    },
  );
});

test("a wait that a gateway asks for, without a code of the API, is kept", async () => {
  gateway.answersEach((_params, before) =>
    before === 0
      ? { status: 503, headers: { "retry-after": "7" }, body: { message: "upstream connect error" } }
      : { body: { RequestId: "r" } },
  );
  const clock = passingClock();
  const directory = connect(settingsFor(gateway.url), { clock }).directory(schemaOf("Ram"), {}, undefined);
  await directory.call({ action: "GetLoginProfile", params: {} });
  expect(clock.slept).toBe(7000);
});

describe("a wait longer than the settings let a call be repeated", () => {
  const asked = (seconds: number) => ({
    status: 400,
    headers: { "retry-after": String(seconds) },
    body: { RequestId: "r", Code: "Throttling.User", Message: "" },
  });
  const call = { action: "GetLoginProfile", params: {} };

  test("fails at once, says so, and holds back no other call", async () => {
    const environment = { ALICLOUD_MAX_RETRY_TIMEOUT: "10" };
    const clock = passingClock();
    const account = connect(settingsFor(gateway.url, environment), { clock });
    const directory = account.directory(schemaOf("Ram"), {}, undefined);
    gateway.answersEach((_params, before) => (before === 0 ? asked(60) : { body: { RequestId: "r" } }));
    await expect(directory.call(call)).rejects.toThrow(
      "The API asked to wait 60 s before the call is sent again (at most 10 s are waited); run again after that time.",
    );
    await directory.call(call);
    expect(clock.slept).toBeLessThan(1000);
  });
});

test("a refusal that asks for too long a wait does not hold back other calls", async () => {
  await refusedOnce("throttled", { "retry-after": "3600" });
  const clock = passingClock();
  const connection = connect(settingsFor(gateway.url), { clock });
  gateway.answersEach((_params, before) =>
    before === 1
      ? { status: 400, headers: { "retry-after": "3600" }, body: { RequestId: "r", Code: "Throttling" } }
      : { body: { RequestId: "r" } },
  );
  const call = { action: "GetLoginProfile", params: {} };
  const directory = connection.directory(schemaOf("Ram"), {}, undefined);
  await expect(directory.call(call)).rejects.toMatchObject({ kind: "throttled" });
  expect(await directory.call(call)).toEqual({ RequestId: "r" });
  expect(clock.slept).toBeLessThan(1000);
});
