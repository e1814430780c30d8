import { isDeepStrictEqual } from "node:util";
import type { Values } from "./wire";

/** Encodes a list as the JSON text that Bastionhost takes for one: `["sms"]`. */
export function jsonList(list: readonly unknown[]): string {
  return JSON.stringify(list);
}

/** Reads a list that an answer may hold plainly, as JSON text, or as a list of JSON texts. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null || value === "") return [];
  if (Array.isArray(value)) return value.flatMap((element) => unfold(element));
  return unfold(value);
}

function unfold(element: unknown): unknown[] {
  if (typeof element !== "string" || !element.trimStart().startsWith("[")) return [element];
  try {
    return listOf(JSON.parse(element));
  } catch {
    return [element];
  }
}

/** True for the three ways in which an answer says that there is no value. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** Whether two values are the same one; every way of saying "none" equals every other. */
export function isSame(a: unknown, b: unknown): boolean {
  if (isAbsent(a) || isAbsent(b)) return isAbsent(a) && isAbsent(b);
  return isDeepStrictEqual(a, b);
}

/** The entry of a map under this key, nothing when it holds none; what every object inherits is no entry. */
export function entryOf(map: unknown, key: string): unknown {
  return map !== null && typeof map === "object" && Object.hasOwn(map, key)
    ? (map as Record<string, unknown>)[key]
    : undefined;
}

/** A number that an answer may hold as such or as text; nothing where it holds neither. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value !== "number" && (typeof value !== "string" || value.trim() === "")) return undefined;
  return Number.isFinite(Number(value)) ? Number(value) : undefined;
}

/** The entries of `values` under these names, as far as there are any. */
export function pick(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(
    names.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]),
  );
}
