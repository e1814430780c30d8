import { cliVersion, isAtLeast, oldestVersion } from "../../scripts/toolchain/version";

describe("isAtLeast", () => {
  it.each([
    ["v3.216.0", true],
    ["3.216.1\n", true],
    ["v3.250.0", true],
    ["v3.1000.0", true],
    ["v4.0.0", true],
    ["v3.217.0-alpha.1", true],
    ["v3.216.0-dev.0", false],
    ["v3.215.9", false],
    ["v3.22.0", false],
    ["v2.999.999", false],
    ["command not found", false],
    ["", false],
  ])("tells whether %j is new enough", (version, expected) => {
    expect(isAtLeast(version, "3.216.0")).toBe(expected);
  });

  it("accepts the release that the set-up provides", () => {
    expect(isAtLeast(cliVersion, oldestVersion)).toBe(true);
  });
});
