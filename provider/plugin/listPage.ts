import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { z } from "zod";
import type { Account } from "../api/connect";
import { idOf } from "../core/identity";
import { isUnknown } from "../core/unknown";
import { findPage } from "../lifecycle/dataSources";
import { resources } from "../resources";
import { demandPlace } from "./invoke";
import { plainValues } from "./propertyValues";

const positionSchema = z.object({ cursor: z.string(), seen: z.int(), read: z.int() });

/**
 * Answers `List`, which the engine asks page by page: the users of one page of the API's own list, each with the id that an
 * import takes and its name, and where the next page begins.
 */
export async function listPage(request: messages.ListRequest, account: Account) {
  const token = request.getToken();
  const resource = resources.find(({ type }) => token.endsWith(`:${type}`));
  if (!resource) throw new Error(`There is no resource of the type ${token} in this package.`);
  const { values } = plainValues(request.getQuery());
  if (isUnknown(values))
    return [new messages.ListResponse().setComputed(new messages.ListResponse.Computed())];
  demandPlace(resource, values);
  const { users, next } = await findPage(resource, values, account, positionOf(request));
  const limit = request.getLimit();
  const shown = limit > 0 ? users.slice(0, limit) : users;
  const results = shown.map((user) =>
    new messages.ListResponse().setResult(
      new messages.ListResponse.Result()
        .setId(idOf(resource, user))
        .setName(String(user[resource.nameField])),
    ),
  );
  if (next === undefined || shown.length < users.length) return results;
  const continuation = new messages.ListResponse.Continuation().setContinuationToken(JSON.stringify(next));
  return [...results, new messages.ListResponse().setContinuation(continuation)];
}

function positionOf(request: messages.ListRequest) {
  const token = request.getContinuationToken();
  if (token === "") return undefined;
  try {
    return positionSchema.parse(JSON.parse(token));
  } catch {
    throw new Error("The continuation token is none that this provider has given.");
  }
}
