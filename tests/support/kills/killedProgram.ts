/** Users of each kind in the program that is killed. */
export const usersOfEachKind = 10;

/** How a program's users reach the provider, by the module that it imports. */
export const modules = {
  "dynamic resources": "pulumi-alicloud-users",
  "the plugin": "pulumi-alicloud-users/plugin",
} as const;

export type Frontend = keyof typeof modules;

/** The names of all users of the program. */
export const userNames = ["ram", "bastion", "eiam"].flatMap((kind) =>
  Array.from({ length: usersOfEachKind }, (_, number) => `${kind}-${number}`),
);

/** The text of the program: 30 users of all kinds whose display names begin with `label`. */
export function killedProgram(module: string, label: string): string {
  return `
import { BastionhostUser, EiamUser, RamUser } from "${module}";
for (let number = 0; number < ${usersOfEachKind}; number++) {
  const displayName = \`${label} \${number}\`;
  const [ram, bastion, eiam] = ["ram", "bastion", "eiam"].map((kind) => \`\${kind}-\${number}\`) as [string, string, string];
  new RamUser(ram, { userName: ram, displayName });
  const host = { instanceId: "bastionhost-cn-demo0001", source: "Ram" as const, sourceUserId: \`9000\${number}\` };
  new BastionhostUser(bastion, { ...host, userName: bastion, displayName });
  const unit = { instanceId: "idaas_demo0001", primaryOrganizationalUnitId: "ou_sales_demo0001" };
  new EiamUser(eiam, { ...unit, username: eiam, displayName });
}
`;
}
