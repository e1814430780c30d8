import * as fc from "fast-check";
import {
  compact,
  type ExternalChange,
  pick,
  resetRemoved,
  type StoredUser,
  type UserModel,
  type Values,
} from "./userModel";
import { one, some, texts } from "./arbitraries";

const shown = ["userName", "displayName", "mobilePhone", "email", "comments"];
const emptyOr = (values: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 1, arbitrary: fc.constant("") }, { weight: 4, arbitrary: values });
const phones = fc.constantFrom("86-18600000000", "1-2025550100");
const emails = fc.constantFrom("ann@example.com", "o'brien+x@example.org");
const update = (params: fc.Arbitrary<Values>): fc.Arbitrary<ExternalChange> =>
  params.map((sent) => ({ call: ["UpdateUser", sent] }));

const edits = [
  fc.constantFrom("ann", "ann.b", "Ann_3").map((userName) => ({ userName })),
  one("displayName", emptyOr(texts(12))),
  one("comments", emptyOr(texts(12))),
  one("mobilePhone", emptyOr(phones)),
  one("email", emptyOr(emails)),
  one("adopt", fc.boolean()),
];

const externalChanges = [
  update(emptyOr(texts(8)).map((NewDisplayName) => ({ NewDisplayName }))),
  update(emptyOr(texts(8)).map((NewComments) => ({ NewComments }))),
  fc.constant({ call: ["CreateAccessKey", {}] } as const),
];

/** Only accounts of the China site show these two, so only there is a change by others drift. */
const seenInChina = [
  update(emptyOr(phones).map((NewMobilePhone) => ({ NewMobilePhone }))),
  update(emptyOr(emails).map((NewEmail) => ({ NewEmail }))),
];

/** RAM users of an account of that site. */
export function ramUserModel(site: "china" | "international"): UserModel {
  return {
    type: "RamUser",
    product: "Ram",
    base: { userName: "ann" },
    nameField: "userName",
    programChange: some(...edits),
    externalChange: fc.oneof(...externalChanges, ...(site === "china" ? seenInChina : [])),
    actions: ["CreateUser", "GetUser", "UpdateUser"],
    replaceOnChange: [],
    notRemovable: [],
    createOnly: [],
    invalidAttributes: () => [],
    view: (stored) => compact(pick(stored, shown)),
    created: ({ userName }) => ({ userName }),
    afterUp: (before, declared, previous) =>
      compact({
        ...before,
        ...resetRemoved(declared, previous, Object.fromEntries(shown.map((name) => [name, ""]))),
        ...pick(declared, shown),
      }),
    users: async (account) => (await account.ramUsers()) as unknown as StoredUser[],
    callOutside: ({ admin }, { userName }, action, params = {}) => {
      const names =
        action === "UpdateUser" ? { UserName: userName, NewUserName: userName } : { UserName: userName };
      return admin.ram(action, { ...names, ...params });
    },
    createOutside: ({ admin }, name) =>
      admin.ram("CreateUser", { UserName: name, DisplayName: "Other", Comments: "Theirs" }),
    renameOutside: (name) => ["UpdateUser", { NewUserName: name }],
    hasDependents: ({ accessKeys }) => (accessKeys as unknown[]).length > 0,
  };
}
