import { isDeepStrictEqual } from "node:util";
import type { Resource } from "../../provider/core/resource";
import { rowsOf } from "../../provider/core/resource";
import type { Planned, Scene, Which } from "./scene";
import { code, everyCall, sceneOf, without } from "./scene";

const both: readonly Which[] = [1, 2];

/** Every call that the provider may send about a user, in both examples, since one value may take another action than the other. */
export function callsOf(resource: Resource): Planned[] {
  return both.flatMap((which) => everyCall(resource, sceneOf(resource, which)));
}

/** What carries each parameter, by `<action> <parameter>`: what it follows when that alone changes. */
export function carriersOf(resource: Resource): Map<string, string> {
  const calls = callsOf(resource);
  const followed = both.flatMap((which) => followedBy(resource, sceneOf(resource, which)));
  const carriers = [...valuesOf(calls)].map(([key, values]): [string, string] => {
    const own = followed.flatMap(([carrier, keys]) => (keys.includes(key) ? [carrier] : []));
    return [
      key,
      [...new Set(own)].join(", ") || onlyPurpose(calls, key) || `always ${[...values].map(code).join()}`,
    ];
  });
  return new Map(carriers);
}

/** The parameters that change when one part of the scene does. A call that comes or goes with the change tells nothing. */
function followedBy(resource: Resource, scene: Scene): [carrier: string, keys: string[]][] {
  const values = valuesOf(everyCall(resource, scene));
  return changesOf(resource, scene).map(([carrier, changed]) => {
    const calls = everyCall(resource, { ...scene, ...changed });
    const other = valuesOf(calls);
    const isSent = (key: string) => calls.some(({ action }) => key.startsWith(`${action} `));
    const keys = [...values.keys()].filter(
      (key) => isSent(key) && !isDeepStrictEqual(values.get(key), other.get(key)),
    );
    return [carrier, keys];
  });
}

/** What a parameter can follow, and how that alone becomes another. */
function changesOf(resource: Resource, scene: Scene): [carrier: string, changed: Partial<Scene>][] {
  const other = both
    .map((which) => sceneOf(resource, which))
    .find(({ token }) => token !== scene.token) as Scene;
  const attributes = rowsOf(resource).flatMap(([name]): [string, Partial<Scene>][] => [
    [code(name), { declared: { ...scene.declared, [name]: other.declared[name] } }],
    [code(name), { declared: without(scene.declared, name) }],
  ]);
  const looks = Object.entries(other.found).map(([action, text]): [string, Partial<Scene>] => [
    `what ${code(action)} finds`,
    { found: { ...scene.found, [action]: text } },
  ]);
  return [
    ...attributes,
    ...looks,
    ["identity", { user: other.user }],
    ["token", { token: other.token }],
    ["region", { region: other.region }],
    ["paging", { cursor: other.cursor }],
    ["filter of the look-ups", { filter: other.filter }],
  ];
}

/** The values of every parameter; what is within a list counts for the list. */
function valuesOf(calls: readonly Planned[]): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>();
  for (const { action, params } of calls)
    for (const [name, value] of Object.entries(params)) {
      const key = `${action} ${name.replace(/\.\d+(?=\.|$)/g, "")}`;
      values.set(key, (values.get(key) ?? new Set()).add(String(value)));
    }
  return values;
}

/** The attribute that the action is called for, where there is but one. */
function onlyPurpose(calls: readonly Planned[], key: string): string | undefined {
  const whens = calls.filter(({ action }) => key.startsWith(`${action} `)).map(({ when }) => when);
  const attributes = [...new Set(whens)].map((when) => /^a change of (`\w+`)$/.exec(when)?.[1]);
  return attributes.length === 1 ? attributes[0] : undefined;
}
