import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { isWorthTelling, messageOf, notify } from "../../cli/drift/notify";
import { changedUser, reportOfUsers } from "../support/sampleReport";

const report = reportOfUsers([
  changedUser("bob", "Bobby", { age: "new" }),
  changedUser("old", "x", { age: "still" }),
]);

let server: Server;
let url: string;
let received: { url: string; body: string }[];
let answers: { status: number; body: object }[];
beforeEach(async () => {
  [received, answers] = [[], []];
  server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ url: request.url!, body });
      const { status, body: answer } = answers.shift() ?? { status: 200, body: {} };
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?access_token=secret-token`;
});
afterEach(() => new Promise((closed) => server.close(closed)));

test("there is something to tell of new drift and of what was not compared, and nothing of drift that was told", () => {
  const still = reportOfUsers([changedUser("old", "x", { age: "still" })]);
  expect(isWorthTelling(report)).toBe(true);
  expect(isWorthTelling(still)).toBe(false);
  expect(isWorthTelling({ ...still, complete: false })).toBe(true);
});

test("a plain web hook gets the report", async () => {
  await notify(report, { url, kind: undefined, secret: undefined });
  expect(JSON.parse(received[0]!.body)).toEqual(JSON.parse(JSON.stringify(report)));
});

test("Slack gets text that holds the new drift alone", async () => {
  await notify(report, { url, kind: "slack", secret: undefined });
  const { text } = JSON.parse(received[0]!.body) as { text: string };
  expect(text).toContain("`bob`");
  expect(text).not.toContain("`old`");
});

test("DingTalk gets Markdown with a signature in the address", async () => {
  await notify(report, { url, kind: "dingtalk", secret: "SEC1" });
  const query = new URL(received[0]!.url, url).searchParams;
  const expected = createHmac("sha256", "SEC1")
    .update(`${query.get("timestamp")}\nSEC1`)
    .digest("base64");
  expect(query.get("sign")).toBe(expected);
  expect(query.get("access_token")).toBe("secret-token");
  expect(JSON.parse(received[0]!.body)).toMatchObject({ msgtype: "markdown" });
});

test("Feishu gets text with a signature in the message", () => {
  const { body } = messageOf(report, { url, kind: "feishu", secret: "k" }, 1_700_000_000_000);
  const sign = createHmac("sha256", "1700000000\nk").update("").digest("base64");
  expect(body).toMatchObject({ timestamp: "1700000000", sign, msg_type: "text" });
});

test("a failure that may pass is tried again", async () => {
  answers = [{ status: 503, body: {} }];
  await notify(report, { url, kind: "slack", secret: undefined });
  expect(received).toHaveLength(2);
});

test.each([
  ["a refusal", { status: 403, body: {} }, "HTTP status 403"],
  ["a refusal with status 200", { status: 200, body: { errcode: 310000 } }, "code 310000"],
])(
  "%s is told once, without the address",
  async (_what, answer, said) => {
    answers = [answer];
    const sent = notify(report, { url, kind: "dingtalk", secret: undefined });
    await expect(sent).rejects.toThrow(said);
    await expect(
      notify(report, { url: "http://127.0.0.1:1/secret-token", kind: "json", secret: undefined }),
    ).rejects.not.toThrow("secret-token");
    expect(received).toHaveLength(1);
  },
  15_000,
);
