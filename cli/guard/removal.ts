/** A user that an `up` would delete, lock out or replace. */
export interface Removal {
  urn: string;
  kind: string;
  id: string;
  name: string;
  /** `pending`: a delete that an earlier run left in the state, and that the next `up` does. */
  effect: "delete" | "lock" | "replace" | "pending";
}

/** What a delete does to a user whose state says this; nothing where the user stays. */
export function effectOfDelete(isRetained: boolean, onDelete: unknown): "delete" | "lock" | undefined {
  if (isRetained || onDelete === "retain") return undefined;
  return onDelete === "lock" ? "lock" : "delete";
}
