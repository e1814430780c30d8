import type { z } from "zod";
import type { Account } from "../../provider/api/connect";
import { callsOf, sampleKey } from "../../provider/core/calls";
import { faultKind } from "../../provider/core/fault";
import type { Resource } from "../../provider/core/resource";
import type { Call, Wire } from "../../provider/core/wire";
import { serviceOf } from "../../provider/resources/services";
import { attempt, type CausedFinding, type Finding } from "./findings";
import { differencesOf, shapeOf } from "./shapes";

/** The users of one account or instance, to be looked at. */
export interface Target {
  resource: Resource;
  /** `{}` for RAM, `{InstanceId}` for the others. */
  scope: Wire;
  /** The region where it is not that of the settings. */
  region: string | undefined;
}

/** The name of a directory for people. */
export function nameOf({ resource, scope }: Target): string {
  return [serviceOf(resource.service).name, ...Object.values(scope)].join(" ");
}

/** Tries every read that the provider sends to the directory, and compares the answers with the API's pages. */
export async function checkDirectory(account: Account, target: Target): Promise<CausedFinding[]> {
  const { resource, scope, region } = target;
  const { get, list, from } = resource.read;
  const area = nameOf(target);
  const directory = account.directory(resource, scope, region);
  const send = ({ action, params }: Call) => directory.call({ action, params: { ...scope, ...params } });
  const reading = (action: string, read: () => Promise<Finding[]>) =>
    attempt({ area, subject: action }, read);
  const ok = (subject: string, detail: string): Finding => ({ area, subject, verdict: "ok", detail });

  const users: Wire[] = [];
  const listed = await reading(list.action, async () => {
    const params = list.page(undefined);
    const answer = await send({ action: list.action, params });
    users.push(...list.from(answer));
    const hasMore = list.next(answer, undefined, users.length) !== undefined;
    const { TotalCount: count = users.length } = answer;
    const size = params.PageSize ?? params.MaxItems;
    const more = hasMore && answer.TotalCount === undefined ? " or more" : "";
    return [
      ok(
        list.action,
        `${String(count)}${more} ${Number(count) === 1 ? "user" : "users"}; a page of ${String(size)} held ${users.length}`,
      ),
      ...shapeFindings(area, list.action, { shape: shapeOf(resource, "listed"), users }),
    ];
  });
  const [first] = users;
  const got = await reading(get.action, async () => {
    if (!first) {
      await send({ action: get.action, params: { [get.by]: get.nobody } }).catch(unlessNotFound);
      return [ok(get.action, "may be called; there is no user whose fields could be compared")];
    }
    const user = from(await send({ action: get.action, params: { [get.by]: first[get.by] } })) as Wire;
    return [
      ok(get.action, "may be called"),
      ...shapeFindings(area, get.action, { shape: shapeOf(resource, "whole"), users: [user] }),
    ];
  });
  const nobody = resource.delete.dependents?.(sampleKey(resource, get.nobody)) ?? [];
  const questions = callsOf(resource).filter(({ stage }) => stage === "judge");
  const others = await Promise.all(
    [...questions.map(({ action }) => ({ action, params: {} })), ...nobody.map(({ find }) => find)].map(
      (call) =>
        reading(call.action, async () => {
          await send(call).catch(unlessNotFound);
          return [ok(call.action, "may be called")];
        }),
    ),
  );
  return [...listed, ...got, ...others.flat(), writesFinding(area, resource)];
}

/** What is missing or of another type is a problem, since values would be read wrongly; what is new is worth a note. */
function shapeFindings(
  area: string,
  subject: string,
  { shape, users }: { shape: z.ZodObject; users: readonly Wire[] },
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

function writesFinding(area: string, resource: Resource): Finding {
  const writes = callsOf(resource).filter(({ stage, isLook }) => stage === "write" && !isLook);
  const { policyPrefix } = serviceOf(resource.service);
  const detail = `not tried: ${writes.map(({ action }) => `${policyPrefix}:${action}`).join(", ")}`;
  return { area, subject: "writes", verdict: "ok", detail };
}
