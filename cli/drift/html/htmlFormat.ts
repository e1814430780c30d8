import { createHash } from "node:crypto";
import { changeLegend } from "../change";
import { figuresOf, statusWord } from "../figures";
import { isAccepted, type Report, type ReportedAttribute, type ReportedUser, statuses } from "../report";
import { escapeText, showValue } from "../../../provider/core/showText";
import { pageScript } from "./pageScript";
import { pageStyle } from "./pageStyle";

const verdicts: Readonly<Record<Report["verdict"], string>> = {
  inSync: "In sync",
  drifted: "Drift",
  unknown: "Could not tell",
};

/**
 * The report as one page that needs no request: figures, a search, filters by status and stack, and what changed of
 * each user. Without scripts it shows all of it.
 */
export function htmlFormat(report: Report): string {
  const policy = `default-src 'none'; style-src '${hashOf(pageStyle)}'; script-src '${hashOf(pageScript)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${verdicts[report.verdict]}: drift report</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>${verdicts[report.verdict]} <span class="stacks">${text(report.stacks.map(({ name }) => name).join(", "))}</span></h1>
<p>${text(figuresOf(report.users))}. ${report.calls.reads} reads, ${report.calls.writes} writes. <time datetime="${report.asOf}">${report.asOf.slice(0, 16).replace("T", " ")} UTC</time></p>
</header>
<main>
${missingOf(report)}${figuresTiles(report)}${controlsOf(report)}<p id="count" role="status"></p>
<div class="scroll" role="region" aria-label="Users" tabindex="0">
<table>
<thead><tr><th scope="col">User</th><th scope="col">Status</th><th scope="col">Stack</th><th scope="col">What differs: ${text(changeLegend)}</th></tr></thead>
<tbody>
${report.users.map(rowOf).join("\n")}
</tbody>
</table>
</div>
</main>
<footer>pulumi-alicloud-users ${text(report.tool)}</footer>
<script>${pageScript}</script>
</body>
</html>
`;
}

const hashOf = (source: string): string => `sha256-${createHash("sha256").update(source).digest("base64")}`;

function missingOf({ incomplete, acceptance }: Report): string {
  const missing = incomplete.map(({ stack, directory, users, message }) => {
    const place = [stack, directory].filter((part) => part !== undefined).join(", ");
    const count = users === undefined ? "" : ` (${users} ${users === 1 ? "user" : "users"})`;
    return `<li><strong>Not compared: ${text(place)}${count}.</strong> ${text(message)}</li>`;
  });
  const stale = acceptance.map(({ message }) => `<li><strong>drift-accept:</strong> ${text(message)}</li>`);
  const all = [...missing, ...stale];
  return all.length === 0
    ? ""
    : `<section class="missing" aria-label="What needs a look"><ul>${all.join("")}</ul></section>\n`;
}

function figuresTiles({ summary }: Report): string {
  const tiles = statuses
    .filter((status) => summary[status] > 0)
    .map((status) => `<li class="${status}"><b>${summary[status]}</b> ${statusWord(status)}</li>`);
  const accepted = summary.accepted > 0 ? [`<li><b>${summary.accepted}</b> accepted</li>`] : [];
  return `<ul class="figures" aria-label="Figures">${[...tiles, ...accepted].join("")}</ul>\n`;
}

function controlsOf({ summary, stacks }: Report): string {
  const shown = statuses.filter((status) => summary[status] > 0);
  const options = (pairs: [string, string][]): string =>
    pairs.map(([value, label]) => `<option value="${text(value)}">${text(label)}</option>`).join("");
  const status = options([
    ["drift", "not in sync"],
    ["", "all"],
    ...shown.map((name): [string, string] => [name, statusWord(name)]),
  ]);
  const stack = options([["", "all"], ...stacks.map(({ name }): [string, string] => [name, name])]);
  return `<form id="filters" hidden>
<label>Search <input type="search" id="search" autocomplete="off"></label>
<label>Status <select id="status">${status}</select></label>
<label>Stack <select id="stack">${stack}</select></label>
</form>
`;
}

function rowOf(user: ReportedUser): string {
  const { kind, id, name, status, stack = "", alsoClaimedBy = [] } = user;
  const stacks = [stack, ...alsoClaimedBy.map((claim) => claim.stack)];
  const note = [isAccepted(user) ? "accepted" : "", user.age === "new" ? "new" : ""].filter(Boolean);
  const since = user.age === "still" && user.firstSeen ? [`since ${user.firstSeen.slice(0, 10)}`] : [];
  return `<tr data-status="${status}" data-stack="${text(JSON.stringify(stacks))}"><th scope="row"><bdi>${text(name)}</bdi><small>${kind} ${text(id)}</small></th><td><span class="status ${status}">${statusWord(status)}</span><small>${[...note, ...since].join(", ")}</small></td><td>${text(stacks.filter(Boolean).join(", ")) || "none"}</td><td>${detailsOf(user)}</td></tr>`;
}

function detailsOf({ attributes, message, successorId, notCompared = [] }: ReportedUser): string {
  const lines = [
    ...(message === undefined ? [] : [text(message)]),
    ...(successorId === undefined ? [] : [`${text(successorId)} has its name`]),
    ...attributes.map(attributeOf),
  ];
  const list = lines.length === 0 ? "" : `<ul>${lines.map((line) => `<li>${line}</li>`).join("")}</ul>`;
  const unseen = notCompared.map(({ path, why }) => `${text(path)} (${text(why)})`).join(", ");
  return `${list}${unseen && `<small>not compared: ${unseen}</small>`}`;
}

function attributeOf({ path, declared, live, why, accepted, stack }: ReportedAttribute): string {
  const notes = [stack && `declared by ${stack}`, why, accepted && `accepted: ${accepted}`]
    .filter((note): note is string => note !== undefined && note !== "")
    .map((note) => `<small>${text(note)}</small>`);
  return `<b>${text(path)}</b> <del>${text(showValue(live))}</del> =&gt; <ins>${text(showValue(declared))}</ins>${notes.join("")}`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text that no character of it can leave. */
function text(value: string): string {
  return escapeText(value).replace(/[&<>"']/g, (character) => entities[character] as string);
}
