import { readFileSync } from "node:fs";

/** The version of the installed package. */
export function packageVersion(): string {
  const file = require.resolve("pulumi-alicloud-users/package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
