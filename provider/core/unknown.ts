/** What the Pulumi engine sends in a preview for a value that is not known yet, whatever the attribute's type. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** True when a value is unknown, or holds an unknown value at any depth. */
export function isUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some(isUnknown);
}
