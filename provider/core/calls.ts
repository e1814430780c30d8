import { type Attribute, updateParameterOf } from "./attribute";
import { requestKeyOf } from "./identity";
import { type Resource, rowsOf } from "./resource";
import type { Wire } from "./wire";

/** An action that the provider may call about users of a type. */
export interface KnownCall {
  action: string;
  /** When it is called: whenever users are read, to judge what is declared, or to write. */
  stage: "read" | "judge" | "write";
  /** What it does, in words. */
  purpose: string;
  /** The attributes that its parameters carry, by the parameter. */
  attributes?: Readonly<Record<string, string>>;
  /** The action whose answer names what it removes. */
  foundBy?: string;
  /** True for a write's own look, which changes nothing. */
  isLook?: true;
}

/** Every action that the provider may call about users of this type, each once, as the rows of its table say. */
export function callsOf(resource: Resource): KnownCall[] {
  const { read, create, update, lock } = resource;
  const questions = [create.defaults?.call, resource.prefetch].flatMap((question) => question ?? []);
  return merged([
    { action: read.get.action, stage: "read", purpose: "reads a user" },
    { action: read.list.action, stage: "read", purpose: "reads many users, and finds one by name" },
    ...questions.map(({ action, purpose }): KnownCall => ({ action, stage: "judge", purpose })),
    {
      action: create.action,
      stage: "write",
      purpose: "creates a user",
      attributes: carried(resource, (row) => (row.create ? row.field : undefined)),
    },
    {
      action: update.action,
      stage: "write",
      purpose: "changes a user",
      attributes: carried(resource, (row) => (isUpdated(row) ? updateParameterOf(row) : undefined)),
    },
    ...setterCalls(resource),
    ...(lock ? [{ action: lock.action, stage: "write", purpose: "onDelete: lock" } as const] : []),
    { action: resource.delete.action, stage: "write", purpose: "deletes a user" },
    ...dependentCalls(resource),
  ]);
}

/** The parameters that name a user, every name of it being this text. */
export function sampleKey(resource: Resource, text: string): Wire {
  const names = [...resource.identity, resource.nameField];
  return requestKeyOf(resource, Object.fromEntries(names.map((field) => [field, text])));
}

function setterCalls(resource: Resource): KnownCall[] {
  return Object.entries(resource.setters).flatMap(([setter, { actions }]) => {
    const attributes = carried(resource, (row) =>
      row.setter === setter ? updateParameterOf(row) : undefined,
    );
    const purpose = `changes ${Object.values(attributes).join(", ")}`;
    return actions.map((action): KnownCall => ({ action, stage: "write", purpose, attributes }));
  });
}

function dependentCalls(resource: Resource): KnownCall[] {
  const dependents = resource.delete.dependents?.(sampleKey(resource, "-")) ?? [];
  return dependents.flatMap(({ what, find, removedBy }): KnownCall[] => [
    { action: find.action, stage: "write", purpose: `forceDestroy: finds ${what}`, isLook: true },
    ...removedBy.map((action): KnownCall => {
      return { action, stage: "write", purpose: `forceDestroy: removes ${what}`, foundBy: find.action };
    }),
  ]);
}

function carried(resource: Resource, parameterOf: (row: Attribute) => string | undefined) {
  const pairs = rowsOf(resource).flatMap(([name, row]) => {
    const parameter = parameterOf(row);
    return parameter === undefined ? [] : [[parameter, name]];
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}

const isUpdated = ({ setter, replaceOnChange, createOnly }: Attribute): boolean =>
  setter === undefined && !replaceOnChange && !createOnly;

/** An action that is called for several purposes has them all. */
function merged(calls: readonly KnownCall[]): KnownCall[] {
  const known = new Map<string, KnownCall>();
  for (const call of calls) {
    const before = known.get(call.action);
    const attributes = { ...before?.attributes, ...call.attributes };
    const purposes = [...new Set([...(before ? [before.purpose] : []), call.purpose])];
    known.set(call.action, { ...call, ...before, attributes, purpose: purposes.join("; ") });
  }
  return [...known.values()];
}
