/** The release of the Pulumi CLI that is fetched or built when the machine has none. */
export const cliVersion = "3.250.0";

/** The language host's last release inside the Pulumi SDK's Go module. */
export const nodeHostVersion = "3.68.0";

/** The release of the language host for YAML that reads the configuration as this CLI hands it over. */
export const yamlHostVersion = "1.25.0";

/** The oldest CLI that passes the inputs of `read()` on to the engine. */
export const oldestVersion = "3.216.0";

/** Whether a version as the CLI prints it ("v3.250.0") is at least the other; text that is no version never is. */
export function isAtLeast(version: string, oldest: string): boolean {
  const have = numbers(version);
  const want = numbers(oldest);
  if (!have || !want) return false;
  const differing = have.findIndex((part, index) => part !== want[index]);
  if (differing >= 0) return have[differing]! > want[differing]!;
  return !isPreRelease(version) || isPreRelease(oldest);
}

function numbers(version: string): number[] | undefined {
  const parts = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version.trim());
  return parts ? parts.slice(1).map(Number) : undefined;
}

function isPreRelease(version: string): boolean {
  return /^v?\d+\.\d+\.\d+-/.test(version.trim());
}
