import { isRpcSecret, unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { isShown } from "../core/state";
import type { Values } from "../core/wire";
import { secretValue } from "../engine/secretValue";

/** Values as the engine sends them, without its marks, and the names of those that are secret or hold a secret. */
export interface PropertyValues {
  values: Values;
  secrets: string[];
}

/** Removes the engine's secret marks. Unknown values stay the text that stands for them. */
export function plainValues(struct: Struct | undefined): PropertyValues {
  const wire = (struct?.toJavaScript() ?? {}) as Values;
  const secrets: string[] = [];
  const values = Object.entries(wire).map(([name, value]) => {
    const plain = withoutSecrets(value, () => secrets.push(name));
    return [name, plain];
  });
  return { values: Object.fromEntries(values), secrets: [...new Set(secrets)] };
}

/** Where the engine's requests hold values. */
interface Holder {
  getProperties?(): Struct | undefined;
  getInputs?(): Struct | undefined;
  getOlds?(): Struct | undefined;
  getOldInputs?(): Struct | undefined;
  getNews?(): Struct | undefined;
  getArgs?(): Struct | undefined;
}

/** The values that the engine marks as secret anywhere in a request, as a whole where only a part is. */
export function secretsIn(request: unknown): unknown[] {
  const held = request as Holder;
  const structs = [
    held.getProperties?.(),
    held.getInputs?.(),
    held.getArgs?.(),
    held.getOlds?.(),
    held.getOldInputs?.(),
    held.getNews?.(),
  ];
  return structs.flatMap((struct) => {
    const { values, secrets } = plainValues(struct);
    return secrets.filter(isShown).map((name) => values[name]);
  });
}

function withoutSecrets(value: unknown, seen: () => void): unknown {
  if (value === null || typeof value !== "object") return value;
  if (isRpcSecret(value)) {
    seen();
    return withoutSecrets(unwrapRpcSecret(value), seen);
  }
  if (Array.isArray(value)) return value.map((element) => withoutSecrets(element, seen));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner, seen)]));
}

/** Values for the engine, those of the named ones marked as secret. */
export function markedValues(values: Values, secrets: readonly string[]): Struct {
  const marked = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, secrets.includes(name) ? secretValue(value) : value]);
  return Struct.fromJavaScript(Object.fromEntries(marked) as Record<string, JavaScriptValue>);
}
