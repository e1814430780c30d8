import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerMemory, providerSizes } from "../bench/providerMemory";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-alicloud-users-memory-")));

afterAll(() => rmSync(folder, { recursive: true }));

(existsSync("/proc/self/status") ? test : test.skip)(
  "only the provider in the program's own folder is measured, whatever else runs on the machine",
  async () => {
    const idle = "console.log(1); setInterval(() => {}, 1000)";
    const run = (...args: string[]) => spawn(process.execPath, ["-e", idle, ...args], { cwd: folder });
    const processes = [run("cmd/dynamic-provider"), run("cmd/run")];
    try {
      await Promise.all(processes.map(({ stdout }) => once(stdout, "data")));
      const sizes = await providerSizes(folder);
      expect(sizes).toHaveLength(1);
      expect(sizes[0]).toBeGreaterThan(20);
      expect(sizes[0]).toBeLessThan(200);
      expect(await providerSizes(join(folder, "elsewhere"))).toEqual([]);
    } finally {
      processes.forEach((each) => each.kill());
    }
  },
);

test("a provider that was never seen is no figure, rather than one of nothing", async () => {
  expect(await providerMemory(folder, Promise.resolve())).toBeNaN();
});
