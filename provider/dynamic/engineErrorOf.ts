import type { ResourceInitFailed } from "../core/fault";
import type { Values } from "../core/wire";
import { secretMark } from "../core/secrets";
import { escapeText } from "../core/showText";
import { pack, packHidden, unpackHidden } from "../core/state";
import { adviseOnKey, type KeySource } from "../lifecycle/report/adviseOnKey";
import { EngineError, HalfDoneError } from "./engineError";
import { passedOn } from "./passedOn";

/** The error for the engine of a request about these values, with advice where the API refused a key of this source. */
export function engineErrorOf(
  error: unknown,
  { values, keySource }: { values: readonly Values[]; keySource: KeySource },
): unknown {
  if (!(error instanceof Error)) return error;
  const message = `${escapeText(error.message)}${adviseOnKey(error, keySource)}`;
  if (error.name !== "ResourceInitFailed") return new EngineError(message, { cause: error });
  const { state } = error as ResourceInitFailed;
  return new HalfDoneError(message, state.id, halfDoneProperties(pack(state), values), { cause: error });
}

/**
 * What the state keeps of a half-done user: what a success would have kept beside its values. Pulumi encrypts in it what
 * the program keeps secret now; of what it kept secret before, the state gets the information that there is a value.
 */
function halfDoneProperties(properties: Values, values: readonly Values[]): Values {
  const news = values.at(-1) as Values;
  const { provider, secret: secretNow = [] } = unpackHidden(news);
  const secrets = [...new Set(values.flatMap((each) => unpackHidden(each).secret ?? []))];
  const hidden = secrets.filter((name) => name in properties && !secretNow.includes(name));
  return {
    ...properties,
    ...Object.fromEntries(hidden.map((name) => [name, masked(properties[name])])),
    ...passedOn(news),
    ...packHidden({ provider, secret: secrets.length > 0 ? secrets : undefined }),
  };
}

function masked(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return secretMark;
  return Object.fromEntries(Object.keys(value).map((key) => [key, secretMark]));
}
