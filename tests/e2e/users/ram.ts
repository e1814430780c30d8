import type { SampleUsers } from "./sampleUsers";

const declared = {
  userName: "alice",
  displayName: "Alice",
  mobilePhone: "86-18600000000",
  email: "alice@example.com",
  comments: "on call",
};
const changed = {
  userName: "alice.l",
  displayName: "Alice Liddell",
  mobilePhone: "86-18600000001",
  email: "al@example.com",
  comments: "on leave",
};
const names = { userName: changed.userName, displayName: changed.displayName };
const amy = { userName: "amy", displayName: "Amy" };

export const ramUsers: SampleUsers = {
  kind: "RamUser",
  list: (account) => account.ramUsers(),
  nameField: "userName",
  idOf: (userId) => userId,
  first: {
    resource: "alice",
    declared,
    changed,
    created: declared,
    updated: changed,
    writes: () => [
      [
        "UpdateUser",
        {
          UserName: "alice",
          NewUserName: "alice.l",
          NewDisplayName: "Alice Liddell",
          NewMobilePhone: "86-18600000001",
          NewEmail: "al@example.com",
          NewComments: "on leave",
        },
      ],
    ],
    changeOutside: ({ admin }) =>
      admin.ram("UpdateUser", {
        UserName: "alice.l",
        NewUserName: "eve",
        NewDisplayName: "Eve",
        NewComments: "",
      }),
    drift: [
      'drift: userName: "eve" => "alice.l"',
      'drift: displayName: "Eve" => "Alice Liddell"',
      'drift: comments: (none) => "on leave"',
    ],
    restored: changed,
    reduced: names,
    left: names,
    cleared: ["comments", "email", "mobilePhone"],
  },
  second: {
    resource: "amy",
    declared: amy,
    created: amy,
    setOthers: ({ admin }) =>
      admin.ram("UpdateUser", {
        UserName: "amy",
        NewUserName: "amy",
        NewComments: "theirs",
        NewEmail: "theirs@example.com",
      }),
    kept: { comments: "theirs", email: "theirs@example.com" },
    deleteOutside: ({ admin }) => admin.ram("DeleteUser", { UserName: "amy" }),
  },
};
