import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { withCleanup } from "./interrupt";

/** What a command came to; `exitCode` is 124 when its time ran out. */
export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Ends the command, and every process it started, after this time. */
  timeoutMs?: number;
  /** Is told of each piece that the command prints on standard error. */
  onStderr?: (piece: string) => void;
}

/** Time a command has to end by itself once it was asked to. */
const graceMs = 10_000;

/** Runs a command without a shell and collects what it prints; what it started ends with it. */
export async function run(command: string, args: string[], options: RunOptions = {}): Promise<Outcome> {
  const { cwd, env, timeoutMs, onStderr } = options;
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: ownGroup });
  if (onStderr) child.stderr.on("data", (piece: Buffer) => onStderr(piece.toString()));
  return withCleanup(
    () => end(child),
    () => collect(child, timeoutMs),
  );
}

async function collect(child: ChildProcess, timeoutMs: number | undefined): Promise<Outcome> {
  const stdout = text(child.stdout);
  const stderr = text(child.stderr);
  child.once("exit", () => signal(child, "SIGKILL"));
  let late = false;
  const timer = timeoutMs && setTimeout(() => ((late = true), void end(child)), timeoutMs);
  try {
    const [code, signal] = (await once(child, "close")) as [number | null, string | null];
    const note = late ? `\nended after ${timeoutMs} ms\n` : signal ? `\nended by ${signal}\n` : "";
    return { exitCode: late ? 124 : (code ?? 1), stdout: stdout(), stderr: stderr() + note };
  } finally {
    clearTimeout(timer);
  }
}

function text(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}

const ownGroup = process.platform !== "win32";

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  signal(child, "SIGINT");
  const force = setTimeout(() => signal(child, "SIGKILL"), graceMs);
  await gone;
  clearTimeout(force);
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(ownGroup ? -child.pid : child.pid, name);
  } catch {
    // The group is gone already.
  }
}
