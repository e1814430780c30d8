/**
 * A name for the resources of a person, made of the user's name: letters, digits and `_ . @ -`, none that an object has by
 * itself, and none of `taken`.
 */
export function keyOf(name: string, taken: ReadonlySet<string>): string {
  const safe = name.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}_.@-]+/gu, "-") || "user";
  const own = safe in {} || safe === "prototype" ? `user-${safe}` : safe;
  if (!taken.has(own)) return own;
  for (let number = 2; ; number++) if (!taken.has(`${own}-${number}`)) return `${own}-${number}`;
}
