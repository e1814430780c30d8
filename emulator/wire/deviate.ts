import type { Deviations } from "../control/settings";
import type { WireParams } from "../product/wireParams";
import type { Answer } from "./answerUnderFault";

/** The parameters as an account with these deviations takes them in; empty texts that it ignores are left out. */
export function acceptedParams(params: WireParams, deviations: Deviations): WireParams {
  const { ignoreEmpty = [], lowerCase = [], trim = [] } = deviations;
  const entries = Object.entries(params).filter(
    ([name, value]) => value !== "" || !ignoreEmpty.includes(name),
  );
  return Object.fromEntries(
    entries.map(([name, value]) => {
      // `CustomFields.1.FieldValue` goes by the name of its field.
      const field = name.split(".").at(-1) as string;
      const spaced = trim.includes(field) ? value.trim() : value;
      return [name, lowerCase.includes(field) ? spaced.toLowerCase() : spaced];
    }),
  );
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
