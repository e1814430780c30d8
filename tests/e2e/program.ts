type Kind = "RamUser" | "BastionhostUser" | "EiamUser";
type Declared = Record<string, unknown>;

/** One resource of a program: its class, its name, what it declares, its options. */
export type Declaration = [kind: Kind, name: string, args: Declared, opts?: Declared];

/** The text of a program that declares these users. */
export function programOf(...declarations: Declaration[]): string {
  const lines = declarations.map(
    ([kind, name, args, opts = {}]) =>
      `new ${kind}(${JSON.stringify(name)}, ${JSON.stringify(args)}, ${JSON.stringify(opts)});`,
  );
  return [`import { BastionhostUser, EiamUser, RamUser } from "pulumi-alicloud-users";`, ...lines].join("\n");
}
