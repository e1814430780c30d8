import { run } from "../../scripts/toolchain/run";

const node = process.execPath;

describe("run", () => {
  it("returns what a command prints and its exit code", async () => {
    const program = `console.log("out"); console.error("err"); process.exitCode = 3`;
    expect(await run(node, ["-e", program])).toEqual({ exitCode: 3, stdout: "out\n", stderr: "err\n" });
  });

  it("passes arguments on without a shell", async () => {
    const { stdout } = await run(node, ["-p", "process.argv[1]", "$(echo) && `x`"]);
    expect(stdout).toBe("$(echo) && `x`\n");
  });

  it("ends a command whose time is up, with the processes it started", async () => {
    const stubborn = `process.on("SIGINT", () => {}); setInterval(() => {}, 1000)`;
    const program = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(stubborn)}],
      { stdio: "inherit" }); console.log("started"); setInterval(() => {}, 1000)`;
    const { exitCode, stderr } = await run(node, ["-e", program], { timeoutMs: 400 });
    expect(exitCode).toBe(124);
    expect(stderr).toContain("ended after 400 ms");
  });

  it("rejects when there is no such command", async () => {
    await expect(run("no-such-command", [])).rejects.toThrow("ENOENT");
  });
});
