/** The class of a user, as programs name it. */
export type UserType = "RamUser" | "BastionhostUser" | "EiamUser";
type Declared = Record<string, unknown>;

/** One resource of a program: its class, its name, what it declares, its options. */
export type Declaration = [type: UserType, name: string, args: Declared, opts?: Declared];

/** The text of a program that declares these users. */
export function programOf(...declarations: Declaration[]): string {
  const lines = declarations.map(
    ([type, name, args, opts = {}]) =>
      `new ${type}(${JSON.stringify(name)}, ${JSON.stringify(args)}, ${JSON.stringify(opts)});`,
  );
  return [`import { BastionhostUser, EiamUser, RamUser } from "pulumi-alicloud-users";`, ...lines].join("\n");
}
