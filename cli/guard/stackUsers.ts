import { userNameOf } from "../drift/account";
import type { StackState, StackUser } from "../drift/stateUsers";
import type { PreviewUsers } from "./previewUsers";
import { effectOfDelete, type Removal } from "./removal";

/** What is known of the users of a stack before an `up`, and who would go. */
export interface StackUsers {
  /** How many users the stack holds before; absent when that is not known. */
  before: number | undefined;
  /** The names of the users, and of their resources; absent when not all are known. */
  names: ReadonlySet<string> | undefined;
  removals: Removal[];
}

/** What a preview alone tells: nothing of deletes that an earlier run left pending. */
export function ofPreview({ names, isWhole, removals }: PreviewUsers): StackUsers {
  if (!isWhole) return { before: undefined, names: undefined, removals };
  return { before: names.size, names: namesOf(names), removals };
}

/** What a preview and the state of its stack tell together. Throws a sentence where the two are of different stacks. */
export function ofPreviewAndState(preview: PreviewUsers, state: StackState): StackUsers {
  const isSame = preview.stack === state.stack && preview.project === state.project;
  if (preview.stack !== undefined && state.stack !== undefined && !isSame)
    throw new Error(
      `The preview is of ${preview.project}/${preview.stack}, and the state is of ${state.project}/${state.stack}. ` +
        "Name the stack of the preview with --stack.",
    );
  const told = new Set(preview.removals.map(keyOf));
  const pending = state.pending.flatMap(pendingRemoval).filter((removal) => !told.has(keyOf(removal)));
  const names = [...state.users, ...state.pending].map((user) => [user.urn, shownName(user)] as const);
  return {
    before: state.users.length,
    names: namesOf(new Map([...preview.names, ...names])),
    removals: [...preview.removals, ...pending],
  };
}

function pendingRemoval(user: StackUser): Removal[] {
  const { urn, kind, id, retained, outputs } = user;
  if (effectOfDelete(retained, outputs.onDelete) === undefined) return [];
  return [{ urn, kind, id, name: shownName(user), effect: "pending" }];
}

const keyOf = ({ kind, id }: Removal): string => `${kind} ${id}`;

function namesOf(users: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set([...users].flatMap(([urn, name]) => [name, resourceName(urn)]));
}

/** The name of a resource in the program. */
export function resourceName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The name that a user logs on with, or the id where the name is a secret. */
function shownName(user: StackUser): string {
  return userNameOf(user) || user.id;
}
