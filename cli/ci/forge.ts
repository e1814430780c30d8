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

/** The variable of the environment. Throws a sentence when it is not set. */
export function variable(env: NodeJS.ProcessEnv, name: string, purpose: string): string {
  const value = env[name];
  if (value) return value;
  throw new Error(`${name} is not set: ${purpose}.`);
}
