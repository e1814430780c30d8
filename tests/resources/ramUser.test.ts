import { ramUser } from "../../provider/resources/ram/ramUser";
import type { Resource } from "../../provider/core/resource";
import type { Values } from "../../provider/core/wire";
import { useAccount } from "../api/account";
import { creation, failures, updates } from "./planned";
import { programFor } from "./program";

const live = { UserId: "1", UserName: "alice", DisplayName: "Alice", Comments: "on call" };

describe("a RAM user is planned", () => {
  test("to be created under the names of the page", () => {
    const desired = {
      userName: "alice",
      displayName: "Alice",
      mobilePhone: "86-18600000000",
      email: "alice@example.com",
      comments: "on call",
    };
    expect(creation(ramUser, desired, live)).toEqual([
      {
        action: "CreateUser",
        params: {
          UserName: "alice",
          DisplayName: "Alice",
          MobilePhone: "86-18600000000",
          Email: "alice@example.com",
          Comments: "on call",
        },
      },
    ]);
  });

  test("to be updated under its own name, which RAM wants to hear even when nothing is renamed", () => {
    expect(updates(ramUser, { user: live, desired: { userName: "alice", comments: "off call" } })).toEqual([
      { action: "UpdateUser", params: { UserName: "alice", NewUserName: "alice", NewComments: "off call" } },
    ]);
  });

  test("to be renamed in place, and changed by the same call", () => {
    const desired = { userName: "alice2", displayName: "Alice 2" };
    expect(updates(ramUser, { user: live, desired })).toEqual([
      {
        action: "UpdateUser",
        params: { UserName: "alice", NewUserName: "alice2", NewDisplayName: "Alice 2" },
      },
    ]);
  });

  test("to get its name back from the one that others gave it", () => {
    const user = { ...live, UserName: "mallory" };
    expect(
      updates(ramUser, { user, desired: { userName: "alice" }, previous: { userName: "alice" } }),
    ).toEqual([{ action: "UpdateUser", params: { UserName: "mallory", NewUserName: "alice" } }]);
  });

  test("to lose with an empty text what the program drops", () => {
    const user = { ...live, Email: "alice@example.com", MobilePhone: "86-18600000000" };
    const previous = {
      userName: "alice",
      displayName: "Alice",
      comments: "on call",
      email: "alice@example.com",
      mobilePhone: "86-18600000000",
    };
    const cleared = { NewDisplayName: "", NewMobilePhone: "", NewEmail: "", NewComments: "" };
    expect(updates(ramUser, { user, desired: { userName: "alice" }, previous })).toEqual([
      { action: "UpdateUser", params: { UserName: "alice", NewUserName: "alice", ...cleared } },
    ]);
  });

  test("to lose what the program declares as empty", () => {
    expect(updates(ramUser, { user: live, desired: { userName: "alice", comments: "" } })).toEqual([
      { action: "UpdateUser", params: { UserName: "alice", NewUserName: "alice", NewComments: "" } },
    ]);
  });

  test("to stay alone when an empty text, a missing and a null attribute meet", () => {
    const user = { UserId: "1", UserName: "alice", DisplayName: null, Comments: "" };
    const desired = { userName: "alice", displayName: "", comments: "", email: "" };
    expect(updates(ramUser, { user, desired, previous: desired })).toEqual([]);
  });

  test("to stay alone when the program drops what the account has lost already", () => {
    const user = { UserId: "1", UserName: "alice" };
    const previous = { userName: "alice", comments: "on call" };
    expect(updates(ramUser, { user, desired: { userName: "alice" }, previous })).toEqual([]);
  });
});

test("a RAM user of an old account may have @ in its name", () => {
  expect(failures(ramUser, { userName: "alice@example" })).toEqual([]);
});

describe("a RAM user is refused", () => {
  test.each<[string, Values, string]>([
    ["without a name", {}, 'userName: "userName" is required, and the program does not set it.'],
    [
      "with a space in its name",
      { userName: "alice smith" },
      'userName: "userName" may hold letters, digits, periods, hyphens, underscores and @ only.',
    ],
    [
      "with a name that is too long",
      { userName: "a".repeat(65) },
      'userName: "userName" must be at most 64 characters long.',
    ],
    [
      "with a display name that is too long",
      { userName: "alice", displayName: "a".repeat(129) },
      'displayName: "displayName" must be at most 128 characters long.',
    ],
    [
      "with a phone that lacks its country code",
      { userName: "alice", mobilePhone: "18600000000" },
      'mobilePhone: "mobilePhone" must be "<country code>-<number>", for example "86-18600000000".',
    ],
    [
      "with an email that is none",
      { userName: "alice", email: "alice" },
      'email: "email" must be an email address.',
    ],
    [
      "with a lock at its end, which RAM does not have",
      { userName: "alice", onDelete: "lock" },
      'onDelete: "onDelete" must be "delete" or "retain". The RAM API cannot lock a user; ' +
        "disable its access keys and console logon instead.",
    ],
    [
      "with EIAM's spelling of its name",
      { username: "alice", userName: "alice" },
      'username: "username" is not an attribute of RamUser. Did you mean "userName"?',
    ],
  ])("%s", (_what, declared, failure) => {
    expect(failures(ramUser, declared)).toEqual([failure]);
  });
});

test("a RAM user is accepted with everything that the page allows", () => {
  const declared = {
    userName: "a.l-i_ce",
    mobilePhone: "1-2025550100",
    email: "a@b.example",
    comments: "",
  };
  expect(failures(ramUser, { ...declared, adopt: true, onDelete: "retain", forceDestroy: true })).toEqual([]);
});

describe("a RAM user that has more than itself", () => {
  const account = useAccount();
  const { outside } = account;
  const resource = ramUser as unknown as Resource;
  const UserName = "alice";

  const equipped = async (declared: object) => {
    const users = programFor(resource, () => account.connection());
    await users.up({ userName: UserName, ...declared });
    await outside("Ram", "CreateAccessKey", { UserName });
    await outside("Ram", "AttachPolicyToUser", {
      UserName,
      PolicyType: "System",
      PolicyName: "ReadOnlyAccess",
    });
    await outside("Ram", "CreateGroup", { GroupName: "ops" });
    await outside("Ram", "AddUserToGroup", { UserName, GroupName: "ops" });
    await outside("Ram", "CreateLoginProfile", { UserName, Password: "Abcdef1234!" });
    await account.alter("Ram", { mfaDevice: { serialNumber: "acs:ram::1:mfa/alice", type: "VMFA" } });
    await account.emulator.control.forgetCalls();
    return users;
  };

  test("stays, and the fault names what is in the way and the way out", async () => {
    const users = await equipped({});
    await expect(users.destroy()).rejects.toThrow(
      /^RAM refused DeleteUser \(DeleteConflict\.User\.Group: .*forceDestroy: true/,
    );
    expect(await account.users("Ram")).toHaveLength(1);
  });

  test("goes with all of it by forceDestroy, in the order that RAM demands", async () => {
    const users = await equipped({ forceDestroy: true });
    await users.destroy();
    expect(await account.users("Ram")).toEqual([]);
    expect(await account.writes()).toEqual([
      "UpdateAccessKey",
      "DeleteAccessKey",
      "DetachPolicyFromUser",
      "RemoveUserFromGroup",
      "DeleteLoginProfile",
      "UnbindMFADevice",
      "DeleteUser",
    ]);
  });

  test("goes under the name that others gave it", async () => {
    const users = await equipped({ forceDestroy: true });
    await outside("Ram", "UpdateUser", { UserName, NewUserName: "mallory" });
    await users.destroy();
    expect(await account.users("Ram")).toEqual([]);
  });

  test("does not take the caller's own access keys with it", async () => {
    const users = await equipped({ forceDestroy: true });
    await users.destroy();
    const { AccessKeys } = await outside("Ram", "ListAccessKeys", {});
    expect(AccessKeys).toMatchObject({ AccessKey: [{ AccessKeyId: "testid", Status: "Active" }] });
  });

  test("has no calls that act on the caller for want of a name", () => {
    expect(() => ramUser.delete.dependents?.({ UserName: "" })).toThrow("without a name");
  });
});

describe("a RAM user on the international site, which never shows phone and email,", () => {
  const account = useAccount();
  const users = () => programFor(ramUser as unknown as Resource, () => account.connection());
  const declared = { userName: "alice", email: "alice@example.com", mobilePhone: "86-18600000000" };

  test("is no drift for it, run after run", async () => {
    await account.emulator.control.settings({ site: "international" });
    const program = users();
    await program.up(declared);
    expect(await program.preview(declared)).toEqual([]);
    await program.refresh();
    expect(program.state?.inputs).toEqual(declared);
    expect(await program.preview(declared)).toEqual([]);
  });

  test("may get them later, and they are no drift then", async () => {
    await account.emulator.control.settings({ site: "international" });
    const program = users();
    await program.up({ userName: "alice" });
    await program.up(declared);
    expect(await account.users("Ram")).toMatchObject([{ email: "alice@example.com" }]);
    expect(await program.preview(declared)).toEqual([]);
  });

  test("gets a new one when the program changes it, and loses it when the program drops it", async () => {
    await account.emulator.control.settings({ site: "international" });
    const program = users();
    await program.up(declared);
    await program.up({ ...declared, email: "alice@example.org" });
    expect(await account.users("Ram")).toMatchObject([{ email: "alice@example.org" }]);
    await program.up({ ...declared, email: undefined });
    expect((await account.users("Ram"))[0]).not.toHaveProperty("email");
    expect(await program.preview({ ...declared, email: undefined })).toEqual([]);
  });
});
