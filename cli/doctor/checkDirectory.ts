import type { Account } from "../../provider/api/connect";
import { faultKind } from "../../provider/core/fault";
import type { Resource } from "../../provider/core/resource";
import type { Call, Wire } from "../../provider/core/wire";
import type { DirectoryApi } from "./directoryApis";
import { resources } from "../../provider/resources";
import { differencesOf } from "./directoryApis";
import type { CausedFinding, Finding } from "./findings";
import { attempt } from "./findings";
import { permissions, policyPrefix } from "./permissions";

/** The users of one account or instance, to be looked at. */
export interface Target {
  api: DirectoryApi;
  /** `{}` for RAM, `{InstanceId}` for the others. */
  scope: Wire;
  /** The region where it is not that of the settings. */
  region: string | undefined;
}

/** The name of a directory for people. */
export function nameOf({ api, scope }: Target): string {
  return [api.name, ...Object.values(scope)].join(" ");
}

/** The table of the users of an API. */
export function resourceOf({ product }: DirectoryApi): Resource {
  const resource = resources.find(({ service }) => service === product);
  if (!resource) throw new Error(`No resource is of the service ${product}.`);
  return resource;
}

/** Tries every read that the provider sends to the directory, and compares the answers with the API's pages. */
export async function checkDirectory(account: Account, target: Target): Promise<CausedFinding[]> {
  const { api, scope, region } = target;
  const area = nameOf(target);
  const directory = account.directory(resourceOf(api), scope, region);
  const send = ({ action, params }: Call) => directory.call({ action, params: { ...scope, ...params } });
  const reading = (action: string, read: () => Promise<Finding[]>) =>
    attempt({ area, subject: action }, read);
  const ok = (subject: string, detail: string): Finding => ({ area, subject, verdict: "ok", detail });

  const users: Wire[] = [];
  const listed = await reading(api.list.action, async () => {
    const answer = await send(api.list);
    users.push(...api.users(answer));
    const count = api.count(answer) ?? users.length;
    const size = api.list.params.PageSize ?? api.list.params.MaxItems;
    const more = api.count(answer) === undefined && answer.IsTruncated === true ? " or more" : "";
    return [
      ok(
        api.list.action,
        `${count}${more} ${count === 1 ? "user" : "users"}; a page of ${String(size)} held ${users.length}`,
      ),
      ...shapeFindings(area, api.list.action, { shape: api.listed, users }),
    ];
  });
  const [first] = users;
  const got = await reading("GetUser", async () => {
    if (!first) {
      await send({ action: "GetUser", params: api.nobody }).catch(unlessNotFound);
      return [ok("GetUser", "may be called; there is no user whose fields could be compared")];
    }
    const answer = await send({ action: "GetUser", params: api.address(first) });
    return [
      ok("GetUser", "may be called"),
      ...shapeFindings(area, "GetUser", { shape: api.whole, users: [answer.User as Wire] }),
    ];
  });
  const others = await Promise.all(
    api.reads.map(({ action, ofUser }) =>
      reading(action, async () => {
        await send({ action, params: ofUser ? api.nobody : {} }).catch(unlessNotFound);
        return [ok(action, "may be called")];
      }),
    ),
  );
  return [...listed, ...got, ...others.flat(), writesFinding(area, api)];
}

/** What is missing or of another type is a problem, since values would be read wrongly; what is new is worth a note. */
function shapeFindings(
  area: string,
  subject: string,
  { shape, users }: { shape: DirectoryApi["whole"]; users: readonly Wire[] },
): Finding[] {
  const found = users.map((user) => differencesOf(shape, user));
  const problems = [...new Set(found.flatMap((each) => each.problems))];
  const unknown = [...new Set(found.flatMap((each) => each.unknown))];
  const findings = problems.map((problem): Finding => {
    const advice = "Report it with this line: the provider expects the field as the API's page shows it.";
    return { area, subject, verdict: "problem", detail: `of a user, ${problem}`, advice };
  });
  if (unknown.length === 0) return findings;
  const detail = `users have fields that this release does not know: ${unknown.join(", ")}`;
  return [...findings, { area, subject, verdict: "note", detail }];
}

function unlessNotFound(error: unknown): void {
  if (faultKind(error) !== "notFound") throw error;
}

function writesFinding(area: string, { product }: DirectoryApi): Finding {
  const tried = /^(Get|List)/;
  const writes = permissions.filter((each) => each.product === product && !tried.test(each.action));
  const detail = `not tried: ${writes.map(({ action }) => `${policyPrefix[product]}:${action}`).join(", ")}`;
  return { area, subject: "writes", verdict: "ok", detail };
}
