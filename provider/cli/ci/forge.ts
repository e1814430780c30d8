/** A comment or an issue, as far as its text matters. */
export interface Thread {
  id: number;
  body: string;
}

/** The parts of a forge (GitHub, GitLab) that a pipeline writes to. Every list is read to its end. */
export interface Forge {
  /** The comments of the pull request, or the notes of the merge request, that this pipeline may have written. */
  comments(): Promise<Thread[]>;
  addComment(body: string): Promise<void>;
  editComment(id: number, body: string): Promise<void>;
  /** The open issues that have the label. */
  issues(label: string): Promise<Thread[]>;
  openIssue(issue: { title: string; body: string; label: string }): Promise<void>;
  editIssue(id: number, issue: { title: string; body: string }): Promise<void>;
  /** Closes an issue with a last comment. */
  closeIssue(id: number, comment: string): Promise<void>;
}

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

/** The variable of the environment. Throws a sentence when it is not set. */
export function variable(env: NodeJS.ProcessEnv, name: string, purpose: string): string {
  const value = env[name];
  if (value) return value;
  throw new Error(`${name} is not set: ${purpose}.`);
}
