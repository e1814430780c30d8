import { bastionHost, idaas } from "../support/account";
import { dynamic, plugin } from "../e2e/frontend";
import type { UserType } from "../e2e/program";

/** One user of a program. */
export interface Declared {
  /** The name of the resource. */
  resource: string;
  type: UserType;
  frontend: "dynamic" | "plugin";
  /** The name of the user in the account. */
  name: string;
  displayName: string;
  adopt?: boolean;
  onDelete?: "delete" | "lock" | "retain";
  /** The name or type that the resource had before. */
  aliases?: { name?: string; type?: string }[];
  replaceOnChanges?: string[];
  replacementTrigger?: string;
  retainOnDelete?: boolean;
  /** Whether the option `import` names the user, where the frontend has it. */
  import?: boolean;
}

/** A program: its users, and whether a resource that has nothing to do with them fails, before them or after. */
export interface Program {
  users: readonly Declared[];
  failing?: "first" | "last" | undefined;
}

/** The attribute that names a user. */
export const nameField = { RamUser: "userName", BastionhostUser: "userName", EiamUser: "username" } as const;

/** The type of a user's resource in the state. */
export const typeOf = ({ type, frontend }: Pick<Declared, "type" | "frontend">): string =>
  (frontend === "dynamic" ? dynamic : plugin).type(type);

/** The URN of a user's resource; before this program it may have been another one. */
export function urnsOf(stack: string, user: Declared): string[] {
  const { aliases = [], resource } = user;
  return [{}, ...aliases].map(({ name = resource, type = typeOf(user) }: { name?: string; type?: string }) =>
    ["urn:pulumi:" + stack, "test", type, name].join("::"),
  );
}

/** The name of a user that is always there, and that no program may create once more. */
export const taken = "taken";

/** The text of a program. */
export function textOf({ users, failing }: Program): string {
  const fails = `new ram.RamUser("fails", { userName: "${taken}", comments: "another" });`;
  return [
    `import * as dynamic from "${dynamic.module}";`,
    `import * as plugin from "${plugin.module}";`,
    ...(failing === undefined ? [] : [`const ram = dynamic;`]),
    ...(failing === "first" ? [fails] : []),
    ...users.map((user) => `new ${user.frontend}.${user.type}(${argumentsOf(user)});`),
    ...(failing === "last" ? [fails] : []),
  ].join("\n");
}

const places = {
  RamUser: {},
  BastionhostUser: { instanceId: bastionHost, source: "Local", password: "Correct-Horse-7" },
  EiamUser: { instanceId: idaas },
};

function argumentsOf(user: Declared): string {
  const { resource, type, frontend: _frontend, name, displayName, adopt, onDelete, ...rest } = user;
  // A RAM user cannot be locked.
  const kept = type === "RamUser" && onDelete === "lock" ? "retain" : onDelete;
  const id = [...("instanceId" in places[type] ? [places[type].instanceId] : []), name].join(":");
  const isImported = rest.import === true && user.frontend === "plugin";
  const options = { ...rest, import: isImported ? id : undefined };
  const args = { ...places[type], [nameField[type]]: name, displayName, adopt, onDelete: kept };
  return [resource, args, options].map((part) => JSON.stringify(part)).join(", ");
}
