import { request } from "node:http";
import type { Emulator } from "../../emulator";
import { startStrictEmulator } from "../support/startStrictEmulator";
import { callerOf, useEmulator } from "./emulatorCalls";

const emulator = useEmulator();
const ram = callerOf(emulator, "Ram");
const json = { "content-type": "application/json" };

/** Sends a request with exactly these headers, as a browser or another program would. */
function send(method: string, path: string, headers: Record<string, string>, to: Emulator = emulator) {
  return new Promise<{ status: number; text: string; allowed: string | undefined }>((resolve, reject) => {
    const sent = request(`${to.url}${path}`, { method, headers, agent: false }, (response) => {
      response
        .setEncoding("utf8")
        .toArray()
        .then((chunks) => {
          const allowed = response.headers["access-control-allow-origin"];
          resolve({ status: response.statusCode ?? 0, text: chunks.join(""), allowed });
        }, reject);
    });
    sent.on("error", reject);
    sent.end(method === "POST" || method === "PUT" ? "{}" : undefined);
  });
}

/** The headers by which the browser tells that a page of another site sends this. */
const foreign: [string, Record<string, string>][] = [
  ["a page of another site", { origin: "https://evil.example" }],
  ["a page of another port", { origin: "http://127.0.0.1:1" }],
  ["a sandboxed frame", { origin: "null" }],
  ["an image on a page of another site", { "sec-fetch-site": "cross-site" }],
  ["a frame on a page of another port", { "sec-fetch-site": "same-site" }],
  ["a page after DNS rebinding", { host: "evil.example:4010" }],
  ["a page whose name looks like localhost", { host: "localhost.evil.example" }],
];

const routes = [
  ["GET", "/_emulator/snapshot"],
  ["GET", "/_emulator/calls"],
  ["POST", "/_emulator/reset"],
  ["POST", "/_emulator/settings"],
  ["PUT", "/_emulator/snapshot"],
  ["DELETE", "/_emulator/faults"],
  ["OPTIONS", "/_emulator/reset"],
] as const;

describe.each(foreign)("%s", (_name, headers) => {
  test("cannot read or change the account", async () => {
    await ram("CreateUser", { UserName: "alice" });
    for (const [method, path] of routes) {
      const { status, text, allowed } = await send(method, path, { ...json, ...headers });
      expect({ method, path, status, allowed }).toEqual({ method, path, status: 403, allowed: undefined });
      expect(text).not.toContain("alice");
    }
    expect((await emulator.control.snapshot()).ram.users).toHaveLength(1);
  });

  test("cannot call an API, although the key is public", async () => {
    const { status, text } = await send("GET", "/?Action=ListUsers&Version=2015-05-01", headers);
    expect({ status, body: JSON.parse(text) as unknown }).toMatchObject({
      status: 403,
      body: { Code: "Forbidden" },
    });
    expect((await emulator.control.calls()).total).toBe(0);
  });
});

test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", undefined])(
  "a content type that a page may send without a preflight is refused: %s",
  async (type) => {
    await ram("CreateUser", { UserName: "alice" });
    for (const path of [
      "/_emulator/reset",
      "/_emulator/settings",
      "/_emulator/faults",
      "/_emulator/instances",
    ]) {
      const { status, text } = await send("POST", path, type === undefined ? {} : { "content-type": type });
      expect({ path, status }).toEqual({ path, status: 415 });
      expect(text).toContain("content-type: application/json");
    }
    expect((await emulator.control.snapshot()).ram.users).toHaveLength(1);
  },
);

test.each<[string, Record<string, string>]>([
  ["a program without these headers", {}],
  ["a person who types the address", { "sec-fetch-site": "none" }],
  ["localhost", { host: "localhost:4010" }],
  ["an address of version 6", { host: "[::1]:4010" }],
  ["another loopback address", { host: "127.0.0.2" }],
])("%s is answered", async (_name, headers) => {
  expect((await send("GET", "/_emulator/settings", headers)).status).toBe(200);
  expect((await send("POST", "/_emulator/reset", { ...json, ...headers })).status).toBe(200);
});

test("a name that the emulator was started with is answered", async () => {
  const named = await startStrictEmulator({ allowedHosts: ["ram.internal"] });
  try {
    const status = async (host: string) => (await send("GET", "/_emulator/settings", { host }, named)).status;
    expect([
      await status("ram.internal"),
      await status("RAM.internal:80"),
      await status("eiam.internal"),
    ]).toEqual([200, 200, 403]);
  } finally {
    await named.close();
  }
});
