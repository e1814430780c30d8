import type { Deviations } from "../control/settings";
import type { WireParams } from "../product/wireParams";
import type { Answer } from "./answerUnderFault";

/** The parameters that an account with these deviations takes in; empty texts that it ignores are left out. */
export function acceptedParams(params: WireParams, { ignoreEmpty = [] }: Deviations): WireParams {
  const entries = Object.entries(params);
  return Object.fromEntries(entries.filter(([name, value]) => value !== "" || !ignoreEmpty.includes(name)));
}

/** The answer of an account with these deviations. */
export function deviate(answer: Answer, { omit = [], asText = [], codes = {} }: Deviations): Answer {
  const body = JSON.parse(JSON.stringify(answer.body), (name, value: unknown) => {
    if (omit.includes(name)) return undefined;
    return typeof value === "number" && asText.includes(name) ? String(value) : value;
  }) as { Code?: string };
  const code = answer.code === undefined ? undefined : (codes[answer.code] ?? answer.code);
  return { ...answer, code, body: code === undefined ? body : { ...body, Code: code } };
}
