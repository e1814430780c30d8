import { readFileSync } from "node:fs";
import { type Forge, variable } from "./forge";

/** GitHub, as its Actions describe it in the environment. */
export async function openGithub(env: NodeJS.ProcessEnv, number: number | undefined): Promise<Forge> {
  const [{ Octokit }, { paginateRest }] = await Promise.all([
    import("@octokit/core"),
    import("@octokit/plugin-paginate-rest"),
  ]);
  const token = variable(env, "GITHUB_TOKEN", "give the step `env: { GITHUB_TOKEN: ${{ github.token }} }`");
  const repository = variable(env, "GITHUB_REPOSITORY", "it is owner/name of the repository");
  const [owner = "", repo = ""] = repository.split("/");
  const Client = Octokit.plugin(paginateRest);
  const client = new Client({
    auth: token,
    baseUrl: env.GITHUB_API_URL ?? "https://api.github.com",
    // A pipeline's log is for its own sentences.
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const where = { owner, repo };
  const pull = (): { issue_number: number } => ({ issue_number: number ?? pullNumber(env) });
  // With a token of its own, a pipeline writes as a bot: nobody else can leave a comment that it takes for its own.
  const isOwn = (type: string | undefined): boolean => !token.startsWith("ghs_") || type === "Bot";

  return {
    async comments() {
      const found = await client.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        ...where,
        ...pull(),
        per_page: 100,
      });
      return found.filter(({ user }) => isOwn(user?.type)).map(({ id, body }) => ({ id, body: body ?? "" }));
    },
    async addComment(body) {
      await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        ...where,
        ...pull(),
        body,
      });
    },
    async editComment(id, body) {
      await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
        ...where,
        comment_id: id,
        body,
      });
    },
    async issues(label) {
      const found = await client.paginate("GET /repos/{owner}/{repo}/issues", {
        ...where,
        labels: label,
        state: "open",
        per_page: 100,
      });
      return found
        .filter(({ user, pull_request: isPull }) => !isPull && isOwn(user?.type))
        .map(({ number: id, body }) => ({ id, body: body ?? "" }));
    },
    async openIssue({ title, body, label }) {
      await client.request("POST /repos/{owner}/{repo}/issues", { ...where, title, body, labels: [label] });
    },
    async editIssue(id, { title, body }) {
      const issue = { ...where, issue_number: id };
      await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", { ...issue, title, body });
    },
    async closeIssue(id, comment) {
      const issue = { ...where, issue_number: id };
      await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        ...issue,
        body: comment,
      });
      await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
        ...issue,
        state: "closed",
      });
    },
  };
}

function pullNumber(env: NodeJS.ProcessEnv): number {
  const file = variable(env, "GITHUB_EVENT_PATH", "give the pull request with --number");
  const event = JSON.parse(readFileSync(file, "utf8")) as { pull_request?: { number?: number } };
  const found = event.pull_request?.number;
  if (found !== undefined) return found;
  throw new Error("This run belongs to no pull request. Give its number with --number.");
}
