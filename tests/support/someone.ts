import type { Account } from "../e2e/account";
import { bastionHost, idaas } from "../e2e/account";
import type { Properties } from "./providerProcess";

/** A kind of user with somebody to declare, and what an admin may do to him behind Pulumi's back. */
export interface Someone {
  kind: "RamUser" | "BastionhostUser" | "EiamUser";
  /** The attributes that name a user. */
  named: Properties;
  /** He as the account first has him; his display name is "Ann". */
  one: Properties;
  /** The attribute whose text nobody compares with a name. */
  text: string;
  /** The attribute that is unique. */
  unique: string;
  idForm: RegExp;
  users(account: Account): Promise<{ userId: string; displayName?: string | undefined }[]>;
  /** Gives him the display name "Hacked". */
  hack(account: Account, id: string): Promise<unknown>;
  erase(account: Account, id: string): Promise<unknown>;
}

/** The part of an id that the API knows. */
export const bareId = (id: string): string => id.split(":").at(-1) as string;

const inBastion = { instanceId: bastionHost, source: "Local", userName: "ann", password: "Aa1!aaaa" };
const inIdaas = { instanceId: idaas, username: "ann" };

/** Somebody of every kind. */
export const everyone: readonly Someone[] = [
  {
    kind: "RamUser",
    named: { userName: "ann" },
    one: { userName: "ann", displayName: "Ann", comments: "one" },
    text: "comments",
    unique: "userName",
    idForm: /^\d+$/,
    users: (account) => account.ramUsers(),
    hack: ({ admin }) =>
      admin.ram("UpdateUser", { UserName: "ann", NewUserName: "ann", NewDisplayName: "Hacked" }),
    erase: ({ admin }) => admin.ram("DeleteUser", { UserName: "ann" }),
  },
  {
    kind: "BastionhostUser",
    named: inBastion,
    one: { ...inBastion, displayName: "Ann", comment: "one" },
    text: "comment",
    unique: "userName",
    idForm: new RegExp(`^${bastionHost}:\\d+$`),
    users: (account) => account.bastionhostUsers(),
    hack: ({ admin }, id) => admin.bastionhost("ModifyUser", { UserId: bareId(id), DisplayName: "Hacked" }),
    erase: ({ admin }, id) => admin.bastionhost("DeleteUser", { UserId: bareId(id) }),
  },
  {
    kind: "EiamUser",
    named: inIdaas,
    one: {
      ...inIdaas,
      ...{ displayName: "Ann", description: "one", primaryOrganizationalUnitId: "ou_sales_demo0001" },
    },
    text: "description",
    unique: "username",
    idForm: new RegExp(`^${idaas}:user_\\w+$`),
    users: (account) => account.eiamUsers(),
    hack: ({ admin }, id) => admin.eiam("UpdateUser", { UserId: bareId(id), DisplayName: "Hacked" }),
    erase: ({ admin }, id) => admin.eiam("DeleteUser", { UserId: bareId(id) }),
  },
];
