import type { Forge } from "./forge";

/** Opens the forge that this pipeline runs on, or the named one. Throws a sentence that names the variable that is missing. */
export async function openForge(name: string | undefined, number: number | undefined): Promise<Forge> {
  const { env } = process;
  const found = name ?? (env.GITLAB_CI ? "gitlab" : env.GITHUB_REPOSITORY ? "github" : undefined);
  if (found === undefined)
    throw new Error(
      "This is no pipeline of GitHub or GitLab. Name the forge with --provider, or print only, with --dry-run.",
    );
  if (found === "gitlab") return (await import("./gitlab.js")).openGitlab(env, number);
  return (await import("./github.js")).openGithub(env, number);
}
