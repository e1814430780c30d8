/*
 * Takes the HTTP clients out of what the variable DEBUG asks for, since they would print passwords and tokens. Other
 * modules stay in it. Imported before any client, since a copy of `debug` reads the variable when it is loaded.
 */
import { createRequire } from "node:module";

/** What HTTP clients tell through the package `debug`: bodies with passwords, request lines, headers, texts to sign, the URL of a proxy. */
const muted = "-httpx:*,-sign,-http-proxy-agent,-https-proxy-agent,-agent-base";

/** The copies that were loaded before: those of pop-core's and the credentials' HTTP client, and the credentials' own. */
const copies = [
  ["@alicloud/pop-core", "httpx"],
  ["@alicloud/credentials", "httpx"],
  ["@alicloud/credentials"],
];

if (process.env.DEBUG) {
  process.env.DEBUG += `,${muted}`;
  for (const path of copies) enableAgain(path, process.env.DEBUG);
}

interface Debug {
  enable(names: string): void;
}

/** Sets the names in the copy of `debug` that the last of these packages uses, each being one that the one before uses. */
function enableAgain(path: readonly string[], names: string): void {
  try {
    const load = path.reduce((from, name) => createRequire(from.resolve(name)), createRequire(__filename));
    (load("debug") as Debug).enable(names);
  } catch {
    // A package that is not there, as in the plugin's bundle, has no copy besides those that are loaded later.
  }
}
