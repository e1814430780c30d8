import type { WireParams } from "./wireParams";

type Node = Map<string, Node | string>;

const wireName = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/;
const listIndex = /^[1-9]\d*$/;

/**
 * Turns `A.1.B=x` into `{A: [{B: "x"}]}`, as the gateway does with flattened lists and objects. A name that is
 * malformed or contradicts another one is left out and passed to `reject`.
 */
export function unflatten(params: WireParams, reject: (name: string) => void): Record<string, unknown> {
  const root: Node = new Map();
  for (const [name, value] of Object.entries(params)) {
    if (!wireName.test(name) || !insert(root, name.split("."), value)) reject(name);
  }
  return plainObject(root);
}

/** Returns false where another name is in the way. */
function insert(node: Node, [step = "", ...rest]: readonly string[], value: string): boolean {
  const child = node.get(step);
  if (rest.length === 0) {
    if (child !== undefined) return false;
    node.set(step, value);
    return true;
  }
  if (typeof child === "string") return false;
  const next = child ?? new Map<string, Node | string>();
  node.set(step, next);
  return insert(next, rest, value);
}

function plainObject(node: Node): Record<string, unknown> {
  return Object.fromEntries([...node].map(([name, child]) => [name, plain(child)]));
}

function plain(child: Node | string): unknown {
  if (typeof child === "string") return child;
  const isList = [...child.keys()].every((key) => listIndex.test(key));
  if (!isList) return plainObject(child);
  const byIndex = [...child].sort(([left], [right]) => Number(left) - Number(right));
  return byIndex.map(([, entry]) => plain(entry));
}
