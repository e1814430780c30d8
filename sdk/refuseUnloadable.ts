import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isMocked } from "./isMocked";
import { perRun } from "./perRun";
import { refuse } from "./refuseOptions";
import type { DeclaredUser } from "./registration";

const manifestOfPackage = "pulumi-alicloud-users/package.json";

interface Manifest {
  name?: string;
  version?: string;
}

const reasonOfRun = perRun(() => ({ reason: reason() }));

/**
 * Throws where Pulumi's dynamic-provider process would not load this very version: it looks from the program's folder,
 * whichever package declares the user.
 */
export function refuseUnloadable(user: DeclaredUser): void {
  // Another process that runs a program, such as one of the Automation API, may stand in another folder than the engine.
  const isPulumis = /[\\/]cmd[\\/]run\b/.test(process.argv[1] ?? "");
  if (!isPulumis || isMocked()) return;
  const { reason } = reasonOfRun();
  if (reason !== undefined) refuse(user, reason);
}

function reason(): string | undefined {
  const program = process.cwd();
  const { version: own } = read(require.resolve(manifestOfPackage));
  const found = installed(program);
  if (found === own) return undefined;
  const importer = packageOfCaller();
  const isOther = importer !== undefined && importer !== nearestName(program);
  const place = found === undefined ? "does not have it" : `has version ${found}`;
  const ways = [
    `npm install pulumi-alicloud-users@${own} (or pnpm add, yarn add)`,
    ...(isOther ? [`and let ${JSON.stringify(importer)} name it in its peerDependencies`] : []),
  ];
  return (
    `it is declared with version ${own} of pulumi-alicloud-users${isOther ? `, which comes with ${JSON.stringify(importer)}` : ""}. ` +
    `Pulumi loads the provider of dynamic users from the program's folder, which ${place}. ` +
    `Install this version there: ${ways.join(", ")}.`
  );
}

/** The version of the package that a file of this folder would load. */
function installed(folder: string): string | undefined {
  try {
    return read(createRequire(path.join(folder, "index.js")).resolve(manifestOfPackage)).version;
  } catch {
    return undefined;
  }
}

/** The name of the package whose code declares the user: the first in the trace that is neither Pulumi nor this package. */
function packageOfCaller(): string | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Infinity;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  const files = [...stack.matchAll(/^\s*at (?:.*\()?((?:file:|[/\\]|[a-z]:).+?):\d+:\d+\)?$/gim)].map(
    ([, file = ""]) => (file.startsWith("file:") ? fileURLToPath(file) : file),
  );
  // Where source maps count, the files of this package are named as their sources, of which only the folder is there.
  const names = files.map((file) => nearestName(path.dirname(file)));
  return names.find((name) => name !== "pulumi-alicloud-users" && name !== "@pulumi/pulumi");
}

/** The name in the nearest package.json at or above a folder. */
function nearestName(folder: string): string | undefined {
  const file = path.join(folder, "package.json");
  const name = existsSync(file) ? read(file).name : undefined;
  const parent = path.dirname(folder);
  return name ?? (parent === folder ? undefined : nearestName(parent));
}

function read(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8")) as Manifest;
}
