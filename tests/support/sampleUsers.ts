import { type Account, bastionHost, idaas } from "./account";
import type { Properties } from "./providerProcess";

/** A user of one type to declare, and what another client may do to it. */
export interface SampleUser {
  kind: "RamUser" | "BastionhostUser" | "EiamUser";
  /** The least that a program has to declare. */
  named: Properties;
  /** What the program declares first; the display name is "Ann". */
  one: Properties;
  /** What it declares next; the display name is "Ann B.". Nothing of it replaces the user. */
  other: Properties;
  /** An attribute that holds any text. */
  text: string;
  /** The attribute that names the user. */
  unique: string;
  idForm: RegExp;
  users(account: Account): Promise<{ userId: string; displayName?: string | undefined }[]>;
  /** Changes the display name to "Hacked", of a user with this id and name. */
  changeOutside(account: Account, id: string, name?: string): Promise<unknown>;
  deleteOutside(account: Account, id: string, name?: string): Promise<unknown>;
}

/** The part of an id that the API knows. */
export const bareId = (id: string): string => id.split(":").at(-1) as string;

const inBastion = { instanceId: bastionHost, source: "Local", userName: "ann", password: "Aa1!aaaa" };
const inIdaas = { instanceId: idaas, username: "ann" };
const inUnit = { primaryOrganizationalUnitId: "ou_sales_demo0001" };

/** One user of each type. */
export const sampleUsers: readonly SampleUser[] = [
  {
    kind: "RamUser",
    named: { userName: "ann" },
    one: { userName: "ann", displayName: "Ann", comments: "one" },
    other: { userName: "ann.b", displayName: "Ann B.", comments: "two" },
    text: "comments",
    unique: "userName",
    idForm: /^\d+$/,
    users: (account) => account.ramUsers(),
    changeOutside: ({ admin }, _id, name = "ann") =>
      admin.ram("UpdateUser", { UserName: name, NewUserName: name, NewDisplayName: "Hacked" }),
    deleteOutside: ({ admin }, _id, name = "ann") => admin.ram("DeleteUser", { UserName: name }),
  },
  {
    kind: "BastionhostUser",
    named: inBastion,
    one: { ...inBastion, displayName: "Ann", comment: "one" },
    other: { ...inBastion, displayName: "Ann B.", comment: "two", locked: true },
    text: "comment",
    unique: "userName",
    idForm: new RegExp(`^${bastionHost}:\\d+$`),
    users: (account) => account.bastionhostUsers(),
    changeOutside: ({ admin }, id) =>
      admin.bastionhost("ModifyUser", { UserId: bareId(id), DisplayName: "Hacked" }),
    deleteOutside: ({ admin }, id) => admin.bastionhost("DeleteUser", { UserId: bareId(id) }),
  },
  {
    kind: "EiamUser",
    named: inIdaas,
    one: { ...inIdaas, ...inUnit, displayName: "Ann", description: "one" },
    other: {
      ...inIdaas,
      ...inUnit,
      username: "ann.b",
      displayName: "Ann B.",
      description: "two",
      status: "disabled",
    },
    text: "description",
    unique: "username",
    idForm: new RegExp(`^${idaas}:user_\\w+$`),
    users: (account) => account.eiamUsers(),
    changeOutside: ({ admin }, id) => admin.eiam("UpdateUser", { UserId: bareId(id), DisplayName: "Hacked" }),
    deleteOutside: ({ admin }, id) => admin.eiam("DeleteUser", { UserId: bareId(id) }),
  },
];
