import type { Call, Wire } from "../core/resource";
import { anyAnswer } from "./answers";
import type { Service } from "./products";

/**
 * Why this cannot be the API's answer to the call, in words that hold no value of it; nothing when it can. A Get has to
 * show the user that was asked for.
 */
export function problemOf(product: Service, { action, params }: Call, answer: unknown): string | undefined {
  const schemas = [anyAnswer, product.answers[action] ?? anyAnswer];
  const [issue] = schemas.flatMap((schema) => schema.safeParse(answer).error?.issues ?? []);
  if (!issue) return showsAnother(product, { action, params }, answer as Wire);
  if (issue.code === "custom") return issue.message;
  if (issue.path.length === 0) return "it is not an object";
  return `${issue.path.join(".")} ${isMissing(answer, issue.path) ? "is missing" : "has another form"}`;
}

function isMissing(answer: unknown, path: readonly PropertyKey[]): boolean {
  const value = path.reduce<unknown>((whole, key) => (whole as Record<PropertyKey, unknown>)[key], answer);
  return value === undefined || value === null || value === "";
}

/** Names of RAM are compared without their case, of which its pages say nothing. */
function showsAnother({ get }: Service, { action, params }: Call, answer: Wire): string | undefined {
  if (action !== get?.action) return undefined;
  const [asked, shown] = [params, answer.User as Wire].map((from) =>
    String(from[get.parameter]).toLowerCase(),
  );
  return asked === shown ? undefined : "it shows another user";
}
