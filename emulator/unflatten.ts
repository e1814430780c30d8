import type { WireParams } from "./action";
import { unsupportedParameter } from "./unsupportedParameter";

type Node = Map<string, Node | string>;

const wireName = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/;
const listIndex = /^[1-9]\d*$/;

/** Turns `A.1.B=x` into `{A: [{B: "x"}]}`, as the gateway does with flattened lists and objects. */
export function unflatten(params: WireParams): Record<string, unknown> {
  const root: Node = new Map();
  for (const [name, value] of Object.entries(params)) {
    if (!wireName.test(name)) throw unsupportedParameter(name);
    hang(root, name, value);
  }
  return plainObject(root);
}

function hang(root: Node, name: string, value: string): void {
  const steps = name.split(".");
  const last = steps.pop() ?? "";
  let node = root;
  for (const step of steps) {
    const child = node.get(step) ?? new Map();
    if (typeof child === "string") throw unsupportedParameter(name);
    node.set(step, child);
    node = child;
  }
  if (node.has(last)) throw unsupportedParameter(name);
  node.set(last, value);
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
