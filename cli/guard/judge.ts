import type { Removal } from "./removal";
import { resourceName, type StackUsers } from "./stackUsers";

/** What an `up` may do to users. */
export interface Limits {
  /** The most users that may be deleted, locked out or replaced: a number, or a share of those that the stack holds. */
  maxRemovals: { count: number } | { percent: number } | undefined;
  /** Refuses every replacement. */
  noReplace: boolean;
  /** Names of users, or of their resources, that may not go. */
  protectedNames: readonly string[];
  /** How many removals a person has approved: where just so many users would go, the two limits above do not hold. */
  approved: number | undefined;
}

/** Reads `5` or `10%`. Throws a sentence for anything else. */
export function limitOf(text: string): NonNullable<Limits["maxRemovals"]> {
  const [, digits, sign] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const number = Number(digits);
  if (digits !== undefined && sign === "%" && number <= 100) return { percent: number };
  if (digits !== undefined && sign === "" && Number.isInteger(number)) return { count: number };
  throw new Error('It is a whole number such as 5, or a share such as "10%".');
}

/**
 * Why the preview goes too far, a sentence for each reason; none when it does not. Throws a sentence when a share is asked
 * for and it is not known of how many.
 */
export function judge(users: StackUsers, limits: Limits): string[] {
  const { removals } = users;
  const { protectedNames, approved } = limits;
  const kept = removals.filter(({ name, urn }) =>
    protectedNames.some((wanted) => wanted === name || wanted === resourceName(urn)),
  );
  const isApproved = removals.length > 0 && removals.length === approved;
  return [
    ...(isApproved ? [] : tooMany(users, limits)),
    ...(kept.length > 0 ? [`Protected users would go: ${namesOf(kept)}.`] : []),
  ];
}

function tooMany(users: StackUsers, { maxRemovals, noReplace, approved }: Limits): string[] {
  const { before, removals } = users;
  const most = mostOf(users, maxRemovals);
  const replaced = removals.filter(({ effect }) => effect === "replace");
  const of = before === undefined ? "" : ` of ${before}`;
  const reasons = [
    ...(removals.length > most ? [`${removals.length}${of} users would go; at most ${most} may.`] : []),
    ...(noReplace && replaced.length > 0
      ? [
          `${replaced.length} would be replaced, and would lose keys, groups and permissions: ${namesOf(replaced)}.`,
        ]
      : []),
  ];
  if (reasons.length === 0) return [];
  const way =
    approved === undefined
      ? `Where this is right, a person approves it with --approved ${removals.length}.`
      : `The approval is for ${approved}, and holds for that number alone.`;
  return [...reasons, way];
}

function mostOf({ before }: StackUsers, limit: Limits["maxRemovals"]): number {
  if (limit === undefined) return Infinity;
  if ("count" in limit) return limit.count;
  if (before === undefined)
    throw new Error(
      "The preview leaves out users that stay the same, so a share cannot be told. Run `pulumi preview --json --show-sames`.",
    );
  const share = Math.floor((before * limit.percent) / 100);
  // A share of a small team would otherwise allow nobody to leave.
  return limit.percent > 0 ? Math.max(1, share) : 0;
}

const namesOf = (removals: readonly Removal[]): string => removals.map(({ name }) => name).join(", ");
