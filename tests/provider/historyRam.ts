import * as fc from "fast-check";
import type { Kind, Meddling, Stored, Values } from "./historyKind";
import { compact, givenBack, one, pick, some, texts } from "./historyKind";

const shown = ["userName", "displayName", "mobilePhone", "email", "comments"];
const emptyOr = (values: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 1, arbitrary: fc.constant("") }, { weight: 4, arbitrary: values });
const phones = fc.constantFrom("86-18600000000", "1-2025550100");
const emails = fc.constantFrom("ann@example.com", "o'brien+x@example.org");
const update = (params: fc.Arbitrary<Values>): fc.Arbitrary<Meddling> =>
  params.map((sent) => ({ call: ["UpdateUser", sent] }));

const edits = [
  fc.constantFrom("ann", "ann.b", "Ann_3").map((userName) => ({ userName })),
  one("displayName", emptyOr(texts(12))),
  one("comments", emptyOr(texts(12))),
  one("mobilePhone", emptyOr(phones)),
  one("email", emptyOr(emails)),
  one("adopt", fc.boolean()),
];

const meddlings = [
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
export function ramKind(site: "china" | "international"): Kind {
  return {
    type: "RamUser",
    product: "Ram",
    base: { userName: "ann" },
    unique: "userName",
    edit: some(...edits),
    meddling: fc.oneof(...meddlings, ...(site === "china" ? seenInChina : [])),
    actions: ["CreateUser", "GetUser", "UpdateUser"],
    ...{ identifying: [], sticky: [], fixed: [] },
    contradictions: () => [],
    view: (stored) => compact(pick(stored, shown)),
    blank: ({ userName }) => ({ userName }),
    after: (before, declared, previous) =>
      compact({
        ...before,
        ...givenBack(declared, previous, Object.fromEntries(shown.map((name) => [name, ""]))),
        ...pick(declared, shown),
      }),
    users: async (account) => (await account.ramUsers()) as unknown as Stored[],
    call: ({ admin }, { userName }, action, params = {}) => {
      const names =
        action === "UpdateUser" ? { UserName: userName, NewUserName: userName } : { UserName: userName };
      return admin.ram(action, { ...names, ...params });
    },
    make: ({ admin }, name) =>
      admin.ram("CreateUser", { UserName: name, DisplayName: "Stranger", Comments: "Theirs" }),
    rename: (name) => ["UpdateUser", { NewUserName: name }],
    obstacle: ({ accessKeys }) => (accessKeys as unknown[]).length > 0,
  };
}
