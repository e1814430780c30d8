import { figuresOf } from "../drift/figures";
import { markdownFormat } from "../drift/markdownFormat";
import type { Report } from "../drift/report";
import { markerOf } from "./commentText";
import type { Forge } from "./forge";

/** What was done, in a word. */
export type Done = "added" | "updated" | "unchanged" | "opened" | "closed" | "nothing to do";

/** Leaves one comment with this text, however often it is called: the one with the same marker is edited. */
export async function putComment(forge: Forge, key: string, text: string): Promise<Done> {
  const [own, ...others] = (await forge.comments()).filter(({ body }) => body.startsWith(markerOf(key)));
  if (!own) {
    await forge.addComment(text);
    return "added";
  }
  // Two runs at once may have left two.
  for (const { id } of others) await forge.editComment(id, `${markerOf(key)}\n\nSee the first comment.`);
  if (own.body.trim() === text.trim()) return "unchanged";
  await forge.editComment(own.id, text);
  return "updated";
}

/** Keeps one open issue as long as the report tells drift or could not tell, and closes it when all is in sync. */
export async function putIssue(
  forge: Forge,
  report: Report,
  { key, label }: { key: string; label: string },
): Promise<Done> {
  const open = (await forge.issues(label)).filter(({ body }) => body.startsWith(markerOf(key)));
  if (report.verdict === "inSync") {
    for (const { id } of open) await forge.closeIssue(id, `In sync as of ${report.asOf}.`);
    return open.length > 0 ? "closed" : "nothing to do";
  }
  const word = report.verdict === "drifted" ? "Drift" : "Drift is not known";
  const title = `${word}: ${figuresOf(report.users.filter(({ status }) => status !== "inSync"))}`;
  const body = `${markerOf(key)}\n\n${markdownFormat(report)}`;
  const [own] = open;
  if (own) await forge.editIssue(own.id, { title, body });
  else await forge.openIssue({ title, body, label });
  return own ? "updated" : "opened";
}
