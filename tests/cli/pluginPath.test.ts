import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pluginPath } from "../../cli/pluginPath";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { repository } from "../../scripts/toolchain/place";
import { temporaryFolder } from "../support/temporaryFolder";

/** A folder tree that package managers could have made: files by path, and links. */
async function tree(files: readonly string[], links: Record<string, string> = {}): Promise<string> {
  const root = realpathSync(await temporaryFolder());
  for (const file of files) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), "");
  }
  for (const [link, target] of Object.entries(links)) {
    mkdirSync(path.dirname(path.join(root, link)), { recursive: true });
    symlinkSync(path.join(root, target), path.join(root, link), "junction");
  }
  return root;
}

beforeAll(() => linkOwnName());

describe("the plugin's path", () => {
  test("is relative in a project that has installed the package", async () => {
    const root = await tree(["node_modules/pulumi-alicloud-users/plugin/PulumiPlugin.yaml"]);
    expect(pluginPath(root)).toBe("./node_modules/pulumi-alicloud-users/plugin");
  });

  test("leads to the root of a workspace that hoists its packages", async () => {
    const root = await tree([
      "node_modules/pulumi-alicloud-users/plugin/PulumiPlugin.yaml",
      "infra/users/Pulumi.yaml",
    ]);
    expect(pluginPath(path.join(root, "infra/users"))).toBe(
      "../../node_modules/pulumi-alicloud-users/plugin",
    );
  });

  test("goes by the link that pnpm makes, which no release changes", async () => {
    const stored = "node_modules/.pnpm/pulumi-alicloud-users@0.1.0/node_modules/pulumi-alicloud-users";
    const root = await tree([`${stored}/plugin/PulumiPlugin.yaml`], {
      "node_modules/pulumi-alicloud-users": stored,
    });
    expect(pluginPath(root)).toBe("./node_modules/pulumi-alicloud-users/plugin");
  });

  test("is below the project where Yarn has unplugged the package", () => {
    expect(pluginPath(path.dirname(repository))).toBe(`./${path.basename(repository)}/plugin`);
  });

  test("is absolute where the package is installed elsewhere", async () => {
    expect(pluginPath(await tree([]))).toBe(path.join(repository, "plugin"));
  });
});
