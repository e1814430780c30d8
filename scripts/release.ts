import { readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./toolchain/place";

/** The parts of package.json that a release depends on. */
export interface ReleaseManifest {
  version: string;
  repository: { url: string };
  bugs: { url: string };
  homepage: string;
}

/** What stands in package.json for the owner of the repository until the project has one. */
const placeholder = "OWNER";

/** Why the release of this tag must not be published, one sentence each. */
export function releaseProblems(tag: string, manifest: ReleaseManifest, changelog: string): string[] {
  const { version, bugs, homepage } = manifest;
  const [, address = "", owner] =
    /^git\+(https:\/\/github\.com\/([^/]+)\/.+)\.git$/.exec(manifest.repository.url) ?? [];
  const agree = bugs.url === `${address}/issues` && homepage === `${address}#readme`;
  const problems = [
    owner === placeholder &&
      `package.json names the placeholder ${placeholder} in place of the repository's owner. Set it in repository, bugs and homepage, and run npm run schema.`,
    !agree && "repository, bugs and homepage in package.json name different repositories.",
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

/** `npm run release:check -- TAG` and `npm run release:notes`. */
function main([command, tag = ""]: string[]): void {
  const read = (file: string): string => readFileSync(path.join(repository, file), "utf8");
  const manifest = JSON.parse(read("package.json")) as ReleaseManifest;
  const changelog = read("CHANGELOG.md");
  if (command === "notes") return console.log(releaseNotes(manifest.version, changelog) ?? "");
  const problems = releaseProblems(tag || `v${manifest.version}`, manifest, changelog);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

if (require.main === module) main(process.argv.slice(2));
