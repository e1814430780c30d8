import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { stringify } from "yaml";
import { freePort } from "../../tests/support/freePort";

const startMs = 60_000;

/** A registry for npm packages on loopback. */
export interface Registry {
  url: string;
  close(): Promise<void>;
}

/**
 * Starts a registry that keeps everything in this folder. Anybody may publish this package to it; all other packages come
 * from `upstream`.
 */
export async function startRegistry(folder: string, upstream: string): Promise<Registry> {
  const port = await freePort();
  const server = path.resolve(__dirname, "../node_modules/verdaccio/bin/verdaccio");
  const config = path.join(folder, "registry.yaml");
  writeFileSync(
    config,
    stringify({
      storage: path.join(folder, "storage"),
      uplinks: { upstream: { url: upstream, maxage: "60m", timeout: "60s" } },
      packages: {
        "pulumi-alicloud-users": { access: "$all", publish: "$all" },
        "**": { access: "$all", proxy: "upstream" },
      },
      log: { type: "stdout", format: "pretty", level: "warn" },
      web: { enable: false },
    }),
  );
  const args = [server, "--config", config, "--listen", `127.0.0.1:${port}`];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  const url = `http://127.0.0.1:${port}/`;
  const close = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  try {
    await untilReady(`${url}-/ping`, () => child.exitCode);
  } catch (error) {
    await close();
    throw error;
  }
  return { url, close };
}

async function untilReady(ping: string, exitCode: () => number | null): Promise<void> {
  for (const end = Date.now() + startMs; Date.now() < end; await delay(500)) {
    if (exitCode() !== null) throw new Error(`The registry ended with ${exitCode()}.`);
    const isReady = await fetch(ping).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
  }
  throw new Error(`The registry did not answer within ${startMs / 1000} seconds.`);
}
