import { declaredNames, keysOf, liveValue } from "./decode";
import { type Resource, rowOf } from "./resource";
import { formOf, inForm, isDelicate } from "./textForms";
import { entryOf, isAbsent, isSame } from "./values";
import type { Values, Wire } from "./wire";

/**
 * The forms in which the account keeps declared texts, by attribute or `attribute.key`: `{email: "lowerCase"}`. They are
 * noted from what it shows right after a write, and hold no value, so that no secret gets into the state by them.
 */
export type Forms = Readonly<Record<string, string>>;

/** A declared text: its path, and what the account has for it. */
interface Text {
  path: string;
  text: string;
  live: unknown;
}

/** The forms in which this user, read right after a write, shows the values that were written. */
export function formsOf(resource: Resource, written: Values, user: Wire): Forms {
  const found = textsOf(resource, written, user).map(({ path, text, live }) => [path, formIn(text, live)]);
  return Object.fromEntries(found.filter(([, form]) => form !== undefined)) as Forms;
}

/**
 * Whether the account may well keep a value that is written in another form: it is of a kind that APIs change, or the
 * account had it in another form before.
 */
export function mayTakeOtherForm(resource: Resource, written: Values, before: Wire): boolean {
  return textsOf(resource, written, before).some(
    ({ text, live }) => isDelicate(text) || formIn(text, live) !== undefined,
  );
}

/** What the account has, or the declared value where that is what it has in the noted form. */
export function asDeclared(live: unknown, declared: unknown, form: string | undefined): unknown {
  const isKept = form !== undefined && typeof declared === "string" && inForm(declared, form) === live;
  return isKept ? declared : live;
}

/** What a read found, with declared values in place of those that the account has in the noted form. */
export function inDeclaredForm(found: Values, declared: Values, forms: Forms = {}): Values {
  const result = { ...found };
  for (const [path, form] of Object.entries(forms)) {
    const { attribute, key } = placeOf(path);
    const live = result[attribute];
    if (key === undefined) result[attribute] = asDeclared(live, declared[attribute], form);
    else if (entryOf(live, key) !== undefined)
      result[attribute] = {
        ...(live as Values),
        [key]: asDeclared(entryOf(live, key), entryOf(declared[attribute], key), form),
      };
  }
  return result;
}

/** The forms of the values that are declared as before. */
export function formsOfUnchanged(forms: Forms | undefined, before: Values, now: Values): Forms {
  const entries = Object.entries(forms ?? {}).filter(([path]) => {
    const value = valueAt(now, path);
    return !isAbsent(value) && isSame(valueAt(before, path), value);
  });
  return Object.fromEntries(entries);
}

function formIn(text: string, live: unknown): string | undefined {
  return typeof live === "string" && live !== "" ? formOf(text, live) : undefined;
}

function textsOf(resource: Resource, values: Values, user: Wire): Text[] {
  return declaredNames(resource, values).flatMap((name): Text[] => {
    const row = rowOf(resource, name);
    const value = values[name];
    const live = liveValue(row, user, values[name]);
    if (row.writeOnly) return [];
    if (typeof value === "string") return [{ path: name, text: value, live }];
    const keys = row.mergeKeys ? keysOf(value) : [];
    return keys.flatMap((key) => {
      const text = entryOf(value, key);
      return typeof text === "string" ? [{ path: `${name}.${key}`, text, live: entryOf(live, key) }] : [];
    });
  });
}

/** The attribute of a path, and its key; names of attributes hold no dot, keys may. */
function placeOf(path: string): { attribute: string; key: string | undefined } {
  const dot = path.indexOf(".");
  return dot < 0
    ? { attribute: path, key: undefined }
    : { attribute: path.slice(0, dot), key: path.slice(dot + 1) };
}

function valueAt(values: Values, path: string): unknown {
  const { attribute, key } = placeOf(path);
  return key === undefined ? values[attribute] : entryOf(values[attribute], key);
}
