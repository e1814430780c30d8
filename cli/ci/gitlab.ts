import { type Forge, variable } from "./forge";

/** GitLab, as its CI describes it in the environment; the token is a project's own, in GITLAB_TOKEN. */
export async function openGitlab(env: NodeJS.ProcessEnv, number: number | undefined): Promise<Forge> {
  const { Gitlab } = await import("@gitbeaker/rest");
  const token = variable(env, "GITLAB_TOKEN", "it is a project access token with the scope api");
  const project = variable(env, "CI_PROJECT_ID", "it is the id of the project");
  const host = env.CI_SERVER_URL ?? "https://gitlab.com";
  const client = new Gitlab({ host, token });
  const merge = (): number =>
    number ?? Number(variable(env, "CI_MERGE_REQUEST_IID", "give the merge request with --number"));

  return {
    async comments() {
      const notes = await client.MergeRequestNotes.all(project, merge());
      return notes.filter(({ system }) => !system).map(({ id, body }) => ({ id, body }));
    },
    async addComment(body) {
      await client.MergeRequestNotes.create(project, merge(), body);
    },
    async editComment(id, body) {
      await client.MergeRequestNotes.edit(project, merge(), id, { body });
    },
    async issues(label) {
      const issues = await client.Issues.all({ projectId: project, labels: label, state: "opened" });
      return issues.map(({ iid, description }) => ({ id: iid, body: description ?? "" }));
    },
    async openIssue({ title, body, label }) {
      await client.Issues.create(project, title, { description: body, labels: label });
    },
    async editIssue(id, { title, body }) {
      await client.Issues.edit(project, id, { title, description: body });
    },
    async closeIssue(id, comment) {
      await client.IssueNotes.create(project, id, comment);
      await client.Issues.edit(project, id, { stateEvent: "close" });
    },
  };
}
