import { z } from "zod";
import type { CallContract } from "../core/directorySchema";
import type { Call, Wire } from "../core/wire";

/** Every answer of the API names its request. */
const anyAnswer = z.looseObject({ RequestId: z.string().min(1) });

/**
 * Why this cannot be the API's answer to the call, in words that hold no value of it; nothing when it can. A Get has to
 * show the user that was asked for.
 */
export function problemOf(
  contract: CallContract,
  { action, params }: Call,
  answer: unknown,
): string | undefined {
  const schemas = [anyAnswer, contract.answers[action] ?? anyAnswer];
  const [issue] = schemas.flatMap((schema) => schema.safeParse(answer).error?.issues ?? []);
  if (!issue) return showsAnother(contract, { action, params }, answer as Wire);
  if (issue.code === "custom") return issue.message;
  if (issue.path.length === 0) return "it is not an object";
  return `${issue.path.join(".")} ${isMissing(answer, issue.path) ? "is missing" : "has another form"}`;
}

function isMissing(answer: unknown, path: readonly PropertyKey[]): boolean {
  const value = path.reduce<unknown>((whole, key) => (whole as Record<PropertyKey, unknown>)[key], answer);
  return value === undefined || value === null || value === "";
}

/** Names of RAM are compared without their case, of which its pages say nothing. */
function showsAnother({ read }: CallContract, { action, params }: Call, answer: Wire): string | undefined {
  if (action !== read?.get.action) return undefined;
  const [asked, shown] = [params, read.from(answer)].map((from) => String(from?.[read.get.by]).toLowerCase());
  return asked === shown ? undefined : "it shows another user";
}
