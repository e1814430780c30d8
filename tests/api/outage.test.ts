import { connect } from "../../provider/api/connect";
import type { ApiFault } from "../../provider/api/fault";
import type { Wire } from "../../provider/core/wire";
import { settingsFor } from "./account";
import { type Answer, useGateway } from "./gateway";
import { passingClock } from "./passingClock";
import { schemaOf } from "./schemaOf";

const gateway = useGateway();

const out: Answer = { status: 503, body: { RequestId: "r", Code: "ServiceUnavailable", Message: "" } };
const page: Answer = { status: 502, body: "<html>Bad Gateway</html>" };
const answer: Answer = { body: { RequestId: "r" } };

/** A process that sends calls, and how long it has waited between them. */
function process(environment: Record<string, string> = {}) {
  const clock = passingClock();
  const directory = connect(settingsFor(gateway.url, environment), { clock }).directory(
    schemaOf("Ram"),
    {},
    undefined,
  );
  return {
    clock,
    send: (action: string): Promise<Wire | ApiFault> =>
      directory.call({ action, params: {} }).catch((fault: unknown) => fault as ApiFault),
  };
}

/** How many calls the work sends, and how long it waits meanwhile. */
async function cost({ clock }: { clock: { slept: number } }, work: () => Promise<unknown>) {
  const sent = gateway.received.length;
  const slept = clock.slept;
  await work();
  return { calls: gateway.received.length - sent, waited: clock.slept - slept };
}

describe("a read that the service does not answer", () => {
  test.each([
    ["the API says so", out],
    ["a gateway's page says so", page],
  ])("is repeated for half a minute: %s", async (_who, each) => {
    gateway.answersEach(() => each);
    const { send, clock } = process();
    const fault = (await send("GetLoginProfile")) as ApiFault;
    expect(fault.kind).toBe("unavailable");
    expect(fault.message).toContain(
      `Tried ${gateway.received.length} times within ${Math.ceil(clock.slept / 1000)} s.`,
    );
    expect(clock.slept).toBeGreaterThan(20_000);
    expect(clock.slept).toBeLessThanOrEqual(30_000);
  });

  test("is through once the service answers", async () => {
    gateway.answersEach((_params, before) => (before < 8 ? out : answer));
    expect(await process().send("GetLoginProfile")).toEqual({ RequestId: "r" });
  });

  test("is repeated no longer than alicloud:maxRetryTimeout says", async () => {
    gateway.answersEach(() => out);
    const one = process({ ALICLOUD_MAX_RETRY_TIMEOUT: "5" });
    await one.send("GetLoginProfile");
    expect(one.clock.slept).toBeGreaterThan(1000);
    expect(one.clock.slept).toBeLessThanOrEqual(10_000);
  });

  test("is sent once where an earlier one was given up, until a call is answered", async () => {
    gateway.answersEach(() => out);
    const one = process();
    await one.send("GetLoginProfile");
    expect(await cost(one, () => one.send("ListUsers"))).toEqual({ calls: 1, waited: 0 });
    gateway.answersEach(() => answer);
    await one.send("GetLoginProfile");
    gateway.answersEach(() => out);
    expect((await cost(one, () => one.send("GetLoginProfile"))).waited).toBeGreaterThan(20_000);
  });
});

test("a write that the service does not answer is sent four times where that is safe, and else once", async () => {
  gateway.answersEach(() => out);
  const one = process();
  expect((await cost(one, () => one.send("DeleteUser"))).calls).toBe(4);
  expect((await cost(one, () => one.send("CreateUser"))).calls).toBe(1);
  expect(one.clock.slept).toBeLessThan(2000);
});
