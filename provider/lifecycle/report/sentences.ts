import { showText } from "../../core/showText";

/** What becomes of a user that leaves the program under this `onDelete`; nothing where it is deleted. */
export function staysLater(onDelete: unknown): string | undefined {
  const how = howItStays(onDelete);
  return how && `onDelete: when this resource leaves the program, the user stays ${how}`;
}

/** What becomes of a user that is replaced under this `onDelete`; nothing where it is deleted. */
export function staysReplaced(user: string, onDelete: unknown): string | undefined {
  const how = howItStays(onDelete);
  return how && `replacement: ${user} stays ${how}`;
}

/** What to do about a user that somebody made under the name of one that is gone. */
export function recreatedAdvice(id: string, adopt: unknown): string {
  const way = adopt === true ? "up adopts it" : `set adopt: ${adviceOn(adopt, id)} to take it over`;
  return `recreated as ${showText(id)} by somebody; ${way}`;
}

/** What `adopt` has to be for this user; by its id where the program names another one. */
function adviceOn(adopt: unknown, id: string): string {
  return typeof adopt === "string" ? `"${showText(id.split(":").at(-1) as string)}"` : "true";
}

/** A user by its name and id. */
export function named(name: unknown, id: string): string {
  return `${showText(String(name))} (id ${showText(id)})`;
}

function howItStays(onDelete: unknown): string | undefined {
  if (onDelete === "lock") return "and is locked";
  return onDelete === "retain" ? "in the account as it is" : undefined;
}
