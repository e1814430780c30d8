import { DiffRequest, UpdateRequest } from "@pulumi/pulumi/proto/provider_pb";
import { packHidden, unpackHidden, withoutHidden } from "../core/state";

/** What a diff and an update ask with; another version of Pulumi's SDK may lack any of it. */
interface Request {
  getNews?(): ReturnType<DiffRequest["getNews"]>;
  getIgnorechangesList?(): string[];
  [patched]?: boolean;
}

/** A mark on what is patched already, by whichever copy of this module. */
const patched = Symbol.for("pulumi-alicloud-users: ignoreChanges");

const [ignoredKey] = Object.keys(packHidden({ ignored: true })) as [string];

/** The text of a provider of this package. */
const own = /\brequire\("pulumi-alicloud-users\//;

/**
 * Makes the dynamic-provider process hand our providers, as a hidden input, what `ignoreChanges` names in the end. The
 * engine tells it in every diff and update, a transformation's names with the others, and Pulumi's process drops it.
 * Where that process runs on another copy of the SDK, the names that our own class passes along stay as they are.
 */
export function forwardIgnoreChanges(): void {
  patch(DiffRequest.prototype as Request);
  patch(UpdateRequest.prototype as Request);
}

function patch(request: Request): void {
  const { getNews, getIgnorechangesList } = request;
  if (request[patched] || !getNews || !getIgnorechangesList) return;
  request[patched] = true;
  request.getNews = function (this: Request) {
    const news = getNews.call(this);
    const names = getIgnorechangesList.call(this);
    if (!news || (names.length === 0 && !news.getFieldsMap().has(ignoredKey))) return news;
    const values = news.toJavaScript();
    const hidden = unpackHidden(values);
    if (!own.test(String(hidden.provider))) return news;
    const told = {
      ...withoutHidden(values),
      ...packHidden({ ...hidden, ignored: names.length > 0 ? names : undefined }),
    };
    return Object.assign(news, { toJavaScript: () => told });
  };
}
