import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A comment or an issue as a fake forge keeps it. */
export interface Kept {
  id: number;
  body: string;
  title?: string;
  labels?: string[];
  isOpen?: boolean;
  author: string;
  isBot: boolean;
}

/** The parts of the APIs of GitHub and GitLab that comments and issues need, on loopback, with short pages. */
export interface FakeForge {
  url: string;
  comments: Kept[];
  issues: Kept[];
  /** Requests that it does not know, by method and path. */
  unknown: string[];
  close(): Promise<void>;
}

const pageSize = 30;

/** Starts a fake forge with so many comments of other people. */
export async function startFakeForge(foreignComments = 40): Promise<FakeForge> {
  const person = { author: "someone", isBot: false };
  const forge = {
    comments: Array.from({ length: foreignComments }, (_none, id) => ({
      id: id + 1,
      body: `No. ${id}`,
      ...person,
    })),
    issues: [
      {
        id: 1,
        body: "An issue of somebody else.",
        title: "Other",
        labels: ["drift"],
        isOpen: true,
        ...person,
      },
    ],
    unknown: [],
  } as Omit<FakeForge, "url" | "close">;
  const server = createServer((request, response) => {
    void text(request).then((body) => serve(forge, request, response, body));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return Object.assign(forge, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  });
}

type Fields = Record<string, string | string[] | undefined>;

interface Asked {
  forge: Omit<FakeForge, "url" | "close">;
  fields: Fields;
  id: number;
  query: URLSearchParams;
}

const own = { author: "pipeline[bot]", isBot: true };

/** What each request does, and the list or the thing that it answers with. */
const routes: readonly (readonly [method: string, path: RegExp, work: (asked: Asked) => Kept | Kept[]])[] = [
  ["GET", /\/(?:issues|merge_requests)\/\d+\/(?:comments|notes)$/, ({ forge }) => forge.comments],
  [
    "POST",
    /\/(?:issues|merge_requests)\/(\d+)\/(?:comments|notes)$/,
    ({ forge, fields }) => {
      const comment = { id: 1000 + forge.comments.length, body: String(fields.body), ...own };
      forge.comments.push(comment);
      return comment;
    },
  ],
  [
    "PATCH",
    /\/issues\/comments\/(\d+)$/,
    ({ forge, fields, id }) => edited(forge.comments, id, { body: String(fields.body) }),
  ],
  [
    "PUT",
    /\/merge_requests\/\d+\/notes\/(\d+)$/,
    ({ forge, fields, id }) => edited(forge.comments, id, { body: String(fields.body) }),
  ],
  [
    "GET",
    /\/issues$/,
    ({ forge, query }) =>
      forge.issues.filter(({ isOpen, labels }) => isOpen && labels?.includes(query.get("labels") ?? "")),
  ],
  [
    "POST",
    /\/issues$/,
    ({ forge, fields }) => {
      const labels = [fields.labels ?? []].flat();
      const issue = {
        id: forge.issues.length + 1,
        title: String(fields.title),
        body: String(fields.body ?? fields.description),
        labels,
        isOpen: true,
        ...own,
      };
      forge.issues.push(issue);
      return issue;
    },
  ],
  ["PATCH", /\/issues\/(\d+)$/, changeIssue],
  ["PUT", /\/issues\/(\d+)$/, changeIssue],
];

function changeIssue({ forge, fields, id }: Asked): Kept {
  const isClosed = fields.state === "closed" || fields.state_event === "close";
  const body = fields.body ?? fields.description;
  return edited(forge.issues, id, {
    ...(isClosed ? { isOpen: false } : {}),
    ...(body === undefined ? {} : { body: String(body) }),
    ...(fields.title === undefined ? {} : { title: String(fields.title) }),
  });
}

function edited(list: Kept[], id: number, change: Partial<Kept>): Kept {
  return Object.assign(
    list.find((each) => each.id === id)!,
    change,
  );
}

function serve(
  forge: Asked["forge"],
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
): void {
  const { pathname, searchParams: query } = new URL(request.url!, "http://forge");
  const found = routes.find(([method, path]) => method === request.method && path.test(pathname));
  if (!found) {
    forge.unknown.push(`${request.method} ${pathname}`);
    return void response.writeHead(404, { "content-type": "application/json" }).end("{}");
  }
  const [, path, work] = found;
  const fields = body === "" ? {} : (JSON.parse(body) as Fields);
  const answer = work({ forge, fields, query, id: Number(path.exec(pathname)?.[1]) });
  if (!Array.isArray(answer)) return send(response, {}, shown(answer));
  const page = Number(query.get("page") ?? "1");
  const hasNext = page * pageSize < answer.length;
  query.set("page", String(page + 1));
  const next = `http://${request.headers.host}${pathname}?${query.toString()}`;
  const headers: Record<string, string> = hasNext
    ? { link: `<${next}>; rel="next"`, "x-next-page": String(page + 1) }
    : {};
  send(response, headers, answer.slice((page - 1) * pageSize, page * pageSize).map(shown));
}

function send(response: ServerResponse, headers: Record<string, string>, body: unknown): void {
  response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** As either forge spells it. */
function shown({ id, body, title, author, isBot }: Kept): object {
  const user = { login: author, type: isBot ? "Bot" : "User" };
  return {
    id,
    iid: id,
    number: id,
    title,
    body,
    description: body,
    system: false,
    user,
    author: { username: author },
  };
}
