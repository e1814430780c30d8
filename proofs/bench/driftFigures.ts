import path from "node:path";
import { cli } from "./emulatorProcess";
import { type Bench, latencyMs, onStack } from "./onStack";
import { ratio, type Walls } from "./ratio";
import type { Figure } from "./report";
import { run } from "../../scripts/toolchain/run";
import { seconds } from "./seconds";
import { seed } from "./seed";
import { succeed } from "./succeed";

/** A process of the vendor's client that fetches every page of RAM users and does nothing with them. */
const bareClient = `
const { RPCClient } = require("@alicloud/pop-core");
const client = new RPCClient({
  endpoint: process.env.ALICLOUD_USERS_ENDPOINT, apiVersion: "2015-05-01", accessKeyId: "testid", accessKeySecret: "testsecret",
});
(async () => {
  for (let Marker; ; ) {
    const page = await client.request("ListUsers", { MaxItems: 1000, ...(Marker ? { Marker } : {}) }, { method: "POST" });
    if (!page.IsTruncated) return;
    Marker = page.Marker;
  }
})();`;

/** `alicloud-users drift` over a stack of 1,000 and of 10,000 RAM users, beside fetching the same pages. */
export async function driftFigures(bench: Bench): Promise<Figure[]> {
  return [...(await driftOf(bench, 1000, 2)), ...(await driftOf(bench, 10_000, 10))];
}

async function driftOf(bench: Bench, count: number, atMost: number): Promise<Figure[]> {
  bench.progress(`drift: ${count} users beside the bare client, in turn`);
  const { control } = bench.emulator;
  return onStack(bench, async (stack) => {
    await seed({ stack, control }, "Ram", count);
    const state = path.join(stack.dir, "exported.json");
    await succeed(stack.run(["stack", "export", "--file", state]));
    await control.settings({ latencyMs });
    const node = (...args: string[]) => run(process.execPath, args, { env: stack.env });
    const walls: Walls = { ours: [], theirs: [] };
    let calls = 0;
    for (let round = 0; round < 3; round++) {
      await control.forgetCalls();
      walls.ours.push(await seconds(node(cli, "drift", "--state", state, "-o", `json:${state}.report`)));
      calls = (await control.calls()).total;
      walls.theirs.push(await seconds(node("-e", bareClient)));
    }
    const own = walls.ours.map((wall, round) => wall - walls.theirs[round]!).sort((a, b) => a - b)[1]!;
    return [
      {
        name: `calls of a drift report of ${count} Ram users`,
        value: calls,
        unit: "calls",
        atMost: count / 1000,
      },
      { name: `own time of a drift report of ${count} Ram users`, value: own, unit: "s", atMost },
      ratio(`drift report of ${count} Ram users against the bare client, API of ${latencyMs} ms`, walls),
    ];
  });
}
