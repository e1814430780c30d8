import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { writeReleaseArchives } from "./package/releaseArchives";
import { repository } from "./toolchain/place";

/** The parts of package.json that a release depends on. */
export interface ReleaseManifest extends Partial<Addresses> {
  version: string;
}

/** Where the project lives. Until it has an owner, package.json has none of them, so that no made-up address reaches a user. */
export interface Addresses {
  homepage: string;
  repository: { type: "git"; url: string };
  bugs: { url: string };
}

/** The addresses of the project in the repository of this owner. */
export function addressesOf(owner: string): Addresses {
  const address = `https://github.com/${owner}/pulumi-alicloud-users`;
  return {
    homepage: `${address}#readme`,
    repository: { type: "git", url: `git+${address}.git` },
    bugs: { url: `${address}/issues` },
  };
}

/** Why the release of this tag must not be published, one sentence each. */
export function releaseProblems(tag: string, manifest: ReleaseManifest, changelog: string): string[] {
  const { version, repository, bugs, homepage } = manifest;
  const [, owner] = /^git\+https:\/\/github\.com\/([^/]+)\//.exec(repository?.url ?? "") ?? [];
  const agree = owner !== undefined && isDeepStrictEqual({ homepage, repository, bugs }, addressesOf(owner));
  const problems = [
    repository === undefined &&
      "package.json names no repository. Set its owner: npm run release -- owner OWNER.",
    repository !== undefined &&
      !agree &&
      "repository, bugs and homepage in package.json name different repositories.",
    tag !== `v${version}` && `The tag is ${tag} and the version in package.json is ${version}.`,
    releaseNotes(version, changelog) === undefined &&
      `CHANGELOG.md has no section "## ${version} (YYYY-MM-DD)" with lines in it.`,
  ];
  return problems.filter((problem) => problem !== false);
}

/** The lines of a release in the changelog; nothing where it has no date or no line. */
export function releaseNotes(version: string, changelog: string): string | undefined {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find(
    (text) => text.startsWith(`${version} (`) && /^\S+ \(\d{4}-\d\d-\d\d\)\n/.test(text),
  );
  return section?.split("\n").slice(1).join("\n").trim() || undefined;
}

/** Sets the owner of the repository in package.json, beside what it says of the author. */
export function withOwner(manifest: string, owner: string): string {
  if (!/^[a-z\d](-?[a-z\d])*$/i.test(owner))
    throw new Error(`${JSON.stringify(owner)} is no name of an account on GitHub.`);
  const entries = Object.entries(JSON.parse(manifest) as Record<string, unknown>);
  const addresses = addressesOf(owner);
  const others = entries.filter(([name]) => !(name in addresses));
  const at = others.findIndex(([name]) => name === "author") + 1;
  others.splice(at, 0, ...Object.entries(addresses));
  return `${JSON.stringify(Object.fromEntries(others), undefined, 2)}\n`;
}

const usage = "npm run release -- owner OWNER | check [TAG] | notes | archives [FOLDER]";

/** `npm run release -- COMMAND`. The archives hold the plugin as it was built last. */
async function main([command, argument = ""]: string[]): Promise<void> {
  const read = (file: string): string => readFileSync(path.join(repository, file), "utf8");
  if (command === "owner") {
    writeFileSync(path.join(repository, "package.json"), withOwner(read("package.json"), argument));
    return console.log("package.json names the repository. Run npm run generate now.");
  }
  if (command === "archives") {
    const folder = path.resolve(argument || "release");
    for (const name of await writeReleaseArchives(folder)) console.log(path.join(folder, name));
    return;
  }
  const manifest = JSON.parse(read("package.json")) as ReleaseManifest;
  const changelog = read("CHANGELOG.md");
  if (command === "notes") return console.log(releaseNotes(manifest.version, changelog) ?? "");
  if (command !== "check") throw new Error(usage);
  const problems = releaseProblems(argument || `v${manifest.version}`, manifest, changelog);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

if (require.main === module)
  main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
