import type { ResourceState } from "../../core/state";
import { pick } from "../../core/values";
import type { Values } from "../../core/wire";
import type { Owner } from "../owners";

/** The options that say how a user is removed. */
const names = ["onDelete", "forceDestroy"];

/**
 * How the program of this run wants users to be removed. A delete brings the options of the last update; where the program
 * declares the resource and replaces its user, those that it declares now count.
 */
export interface RemovalOptions {
  /** Notes what the program declares of a resource, and of the user that it has, where that is known. */
  note(owner: Owner, inputs: Values, id?: string): void;
  /** The state of a user that is to be removed, with the options that count. */
  apply(owner: Owner, state: ResourceState): ResourceState;
}

/** Nothing is noted at first. */
export function createRemovalOptions(): RemovalOptions {
  const byResource = new Map<string, Values>();
  const keysOf = ({ resource, urn }: Owner, id: string | undefined): string[] => [
    ...(urn === undefined ? [] : [urn]),
    // An alias gives the resource another URN than the state has.
    ...(id === undefined ? [] : [`${resource.type} ${id}`]),
  ];
  return {
    note(owner, inputs, id) {
      for (const key of keysOf(owner, id)) byResource.set(key, pick(inputs, names));
    },
    apply(owner, state) {
      const declared = keysOf(owner, state.id)
        .map((key) => byResource.get(key))
        .find(Boolean);
      if (!declared) return state;
      const { onDelete: _onDelete, forceDestroy: _forceDestroy, ...values } = state.values;
      return { ...state, values: { ...values, ...declared } };
    },
  };
}
