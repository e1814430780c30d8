import type { PreviewUsers, Removal } from "./previewUsers";

/** What an `up` may do to users. */
export interface Limits {
  /** The most users that may be deleted, locked out or replaced: a number, or a share of those that the stack holds. */
  maxRemovals: { count: number } | { percent: number } | undefined;
  /** Refuses every replacement. */
  noReplace: boolean;
  /** Names of users, or of their resources, that may not go. */
  protectedNames: readonly string[];
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
 * for and the preview does not tell of how many.
 */
export function judge(preview: PreviewUsers, limits: Limits): string[] {
  const { before, removals } = preview;
  const { maxRemovals, noReplace, protectedNames } = limits;
  const most = mostOf(preview, maxRemovals);
  const replaced = removals.filter(({ effect }) => effect === "replace");
  const kept = removals.filter(({ name, urn }) =>
    protectedNames.some((wanted) => wanted === name || wanted === urn.split("::").at(-1)),
  );
  const of = before === undefined ? "" : ` of ${before}`;
  return [
    ...(removals.length > most ? [`${removals.length}${of} users would go; at most ${most} may.`] : []),
    ...(noReplace && replaced.length > 0
      ? [
          `${replaced.length} would be replaced, and would lose keys, groups and permissions: ${namesOf(replaced)}.`,
        ]
      : []),
    ...(kept.length > 0 ? [`Protected users would go: ${namesOf(kept)}.`] : []),
  ];
}

function mostOf({ before }: PreviewUsers, limit: Limits["maxRemovals"]): number {
  if (limit === undefined) return Infinity;
  if ("count" in limit) return limit.count;
  if (before !== undefined) return Math.floor((before * limit.percent) / 100);
  throw new Error(
    "The preview leaves out users that stay the same, so a share cannot be told. Run `pulumi preview --json --show-sames`.",
  );
}

const namesOf = (removals: readonly Removal[]): string => removals.map(({ name }) => name).join(", ");
