import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startEmulator } from "../../emulator";
import { endWithNpm } from "../../cli/emulator/endWithNpm";
import { temporaryFolder } from "../support/temporaryFolder";
import { commandLine } from "./commandLine";

const main = path.join(__dirname, "../../dist/cli/main.js");
const here = { dir: __dirname, env: process.env };

describe("alicloud-users emulator", () => {
  /** A folder into which the package is installed, with a script that starts it. */
  async function project(): Promise<string> {
    const folder = await temporaryFolder();
    mkdirSync(path.join(folder, "node_modules/.bin"), { recursive: true });
    const command = path.join(folder, "node_modules/.bin/alicloud-users");
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`, { mode: 0o755 });
    writeFileSync(
      path.join(folder, "package.json"),
      JSON.stringify({ private: true, scripts: { emulator: "alicloud-users emulator" } }),
    );
    return folder;
  }

  // Windows has no signals.
  const onPosix = process.platform === "win32" ? test.skip : test;

  onPosix.each([
    ["npx", ["alicloud-users", "emulator"], "SIGTERM"],
    ["npm", ["run", "emulator"], "SIGKILL"],
  ] as const)(
    "started by %s %p ends when that is ended with %p by its process id",
    async (...row) => {
      const [command, args, signal] = row;
      const child = spawn(command, args, { cwd: await project(), stdio: ["ignore", "pipe", "ignore"] });
      const url = await new Promise<string>((resolve) => {
        let printed = "";
        child.stdout.on("data", (chunk) => {
          printed += String(chunk);
          const [, found] = /emulator listening on (\S+)/.exec(printed) ?? [];
          if (found) resolve(found);
        });
      });
      expect((await fetch(`${url}/_emulator/settings`)).status).toBe(200);
      // The pipe closes when the last process that holds it has ended: the emulator.
      const closed = once(child, "close");
      child.kill(signal);
      await closed;
      await expect(fetch(`${url}/_emulator/settings`)).rejects.toThrow();
    },
    60_000,
  );

  test("says in words that its port is taken, and by which option another is chosen", async () => {
    const other = await startEmulator();
    try {
      expect(await commandLine(here, "emulator", "--port", String(other.port))).toEqual({
        exitCode: 1,
        stdout: "",
        stderr: expect.stringMatching(`^Port ${other.port} of 127.0.0.1 is taken, .*--port.*\n$`) as string,
      });
    } finally {
      await other.close();
    }
  }, 60_000);
});

describe("the end of the process that started the emulator", () => {
  const original = Object.getOwnPropertyDescriptor(process, "ppid")!;
  const script = process.env.npm_lifecycle_script;

  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    Object.defineProperty(process, "ppid", original);
    if (script === undefined) delete process.env.npm_lifecycle_script;
    else process.env.npm_lifecycle_script = script;
  });

  test.each([
    ["'alicloud-users'", true],
    ['"alicloud-users"', true],
    ["alicloud-users emulator --port 4010", true],
    ["node scripts/setup.mjs --no-pulumi && node dist/cli/main.js emulator", true],
    ["alicloud-users emulator --port 4010 & jest", false],
    ["alicloud-users emulator &", false],
    ["jest", false],
    ["./start-emulator", false],
    ["'concurrently' 'alicloud-users emulator' jest", false],
    [undefined, false],
  ])("ends it where npm waits for it, and not where it runs in the background: %p", (command, isEnded) => {
    if (command === undefined) delete process.env.npm_lifecycle_script;
    else process.env.npm_lifecycle_script = command;
    const end = jest.fn();
    endWithNpm(end);
    jest.advanceTimersByTime(2000);
    expect(end).not.toHaveBeenCalled();
    Object.defineProperty(process, "ppid", { value: 1, configurable: true });
    jest.advanceTimersByTime(2000);
    expect(end).toHaveBeenCalledTimes(isEnded ? 1 : 0);
  });
});

test.each([
  [["drift", "--stak", "dev"], "error: unknown option '--stak' (Did you mean --stack?)", "drift "],
  [["guard", "--max-removals", "many"], /^error: option '--max-removals .* It is a whole number/, "guard "],
  [
    ["emulator", "--port", "http"],
    /^error: option '--port <number>' .* A port is a whole number/,
    "emulator ",
  ],
  [["ci", "comment"], "error: missing required argument 'files'", "ci comment "],
  [["driff"], "error: unknown command 'driff' (Did you mean drift?)", ""],
])(
  "a wrong command line, %p, prints the error and where the help is, in two lines",
  async (...row) => {
    const [args, error, command] = row;
    const { exitCode, stdout, stderr } = await commandLine(here, ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    const [first, ...rest] = stderr.split("\n");
    expect(first).toMatch(error);
    expect(rest).toEqual([`See "alicloud-users ${command}--help".`, ""]);
  },
  60_000,
);
