import type { Values } from "../core/wire";
import type { Owner } from "./owners";

/**
 * The ids in `adopt` that have done their work: the resource has had that user, so that a create after its end makes a new
 * one, as the program may keep the id for ever.
 */
export interface SpentAdoptions {
  /** Notes that the resource has or had the user with this id, as its state or its `adopt` tells. */
  note(owner: Owner, id: unknown): void;
  /** Whether these values adopt a user that the resource has had. */
  isSpent(owner: Owner, values: Values): boolean;
}

/** No user has been adopted yet. */
export function createSpentAdoptions(): SpentAdoptions {
  const spent = new Set<string>();
  const keyOf = ({ resource, urn }: Owner, id: string): string =>
    `${resource.type} ${urn} ${id.split(":").at(-1)}`;
  return {
    note(owner, id) {
      if (typeof id === "string") spent.add(keyOf(owner, id));
    },
    isSpent: (owner, { adopt }) => typeof adopt === "string" && spent.has(keyOf(owner, adopt)),
  };
}
