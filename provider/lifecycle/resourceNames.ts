import { showText } from "../core/showText";

/** The name of a resource: the last part of its URN, in which "::" may occur. */
export const nameIn = (urn: string): string => urn.split("::").slice(3).join("::");

/** The first parts of a URN, which name its stack and project. */
export const stackOf = (urn: string): string => urn.split("::").slice(0, 2).join("::");

/** What tells a stack of this machine from others, by the URN of one of its resources. */
export function stackKeyOf(urn: string | undefined): string | undefined {
  const [stack, project] = urn?.split("::") ?? [];
  return project && JSON.stringify([process.env.PULUMI_BACKEND_URL, stack, project]);
}

/** A resource as a person knows it: its name, stack and project. */
export function placeOf(urn: string): string {
  const [stack = "", project = ""] = urn.replace(/^urn:pulumi:/, "").split("::");
  return urn === ""
    ? "another resource"
    : `the resource "${showText(nameIn(urn))}" of the stack "${showText(stack)}" (project ${showText(project)})`;
}

/** The option by which a resource becomes another one of the same kind, whatever its name, its frontend and its parent. */
export function aliasFor(other: string, own: string | undefined): string {
  const [parts, ownParts] = [other, own ?? ""].map((urn) => urn.split("::"));
  const [types, ownTypes] = [parts, ownParts].map((each) => (each?.[2] ?? "").split("$"));
  const isMoved = types?.slice(0, -1).join("$") !== ownTypes?.slice(0, -1).join("$");
  if (isMoved) return `give it the option aliases: ["${other}"].`;
  const entries = [
    nameIn(other) === nameIn(own ?? "") ? "" : `name: "${nameIn(other)}"`,
    types?.at(-1) === ownTypes?.at(-1) ? "" : `type: "${types?.at(-1)}"`,
  ];
  return `give it the option aliases: [{ ${entries.filter(Boolean).join(", ")} }].`;
}

/** What a resource that takes the place of this one needs. */
export const aliases = (name: string): string =>
  `A resource that is renamed or moved needs the option aliases: [{ name: "${name}" }].`;
