import { callerOf, type Reply, useEmulator } from "./emulatorCalls";

const emulator = useEmulator();
const ram = callerOf(emulator, "Ram");
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

function refused(reply: Reply): [number, string] {
  return [reply.status, (reply.body as { Code: string }).Code];
}

function userOf(reply: Reply): Record<string, string> {
  return (reply.body as { User: Record<string, string> }).User;
}

interface ListBody {
  IsTruncated: boolean;
  Marker?: string;
  Users: { User: { UserName: string; UserId: string }[] };
}

describe("CreateUser and GetUser", () => {
  test("answer with everything that was set", async () => {
    const params = {
      DisplayName: "Alice",
      MobilePhone: "86-18600000000",
      Email: "a@example.com",
      Comments: "on call",
    };
    const created = userOf(await ram("CreateUser", { UserName: "alice", ...params }));
    expect(created).toEqual({ UserId: "200000000000000001", UserName: "alice", ...params, CreateDate: date });
    expect(userOf(await ram("GetUser", { UserName: "alice" }))).toEqual({ ...created, UpdateDate: date });
  });

  test("leave out what is unset, but for Comments, which is empty", async () => {
    await ram("CreateUser", { UserName: "alice" });
    const user = userOf(await ram("GetUser", { UserName: "alice" }));
    expect(user).toEqual({
      UserId: expect.any(String),
      UserName: "alice",
      Comments: "",
      CreateDate: date,
      UpdateDate: date,
    });
  });

  test("give ids that differ by one beyond 2^53 and are never used again", async () => {
    const first = userOf(await ram("CreateUser", { UserName: "alice" })).UserId;
    const second = userOf(await ram("CreateUser", { UserName: "bob" })).UserId;
    expect(Number(first)).toBe(Number("200000000000000000"));
    expect(BigInt(second ?? 0) - BigInt(first ?? 0)).toBe(1n);
    await ram("DeleteUser", { UserName: "bob" });
    expect(userOf(await ram("CreateUser", { UserName: "bob" })).UserId).toBe("200000000000000003");
  });

  test("show the last logon, which only a snapshot can set, in GetUser alone", async () => {
    await ram("CreateUser", { UserName: "alice" });
    const snapshot = await emulator.control.snapshot();
    snapshot.ram.users[0]!.lastLoginDate = "2026-02-12T00:00:00Z";
    await emulator.control.restore(snapshot);
    expect(userOf(await ram("GetUser", { UserName: "alice" })).LastLoginDate).toBe("2026-02-12T00:00:00Z");
    expect((await ram("ListUsers")).text).not.toContain("LastLoginDate");
  });

  test("refuse a name that is taken", async () => {
    await ram("CreateUser", { UserName: "alice" });
    expect(refused(await ram("CreateUser", { UserName: "alice" }))).toEqual([
      409,
      "EntityAlreadyExists.User",
    ]);
  });

  test("refuse a user who does not exist", async () => {
    expect(refused(await ram("GetUser", { UserName: "nobody" }))).toEqual([404, "EntityNotExist.User"]);
  });

  test("refuse one user more than the quota", async () => {
    await emulator.control.settings({ userQuota: { Ram: 1 } });
    await ram("CreateUser", { UserName: "alice" });
    expect(refused(await ram("CreateUser", { UserName: "bob" }))).toEqual([409, "LimitExceeded.User"]);
  });

  test.each([
    ["UserName.Length", {}],
    ["UserName.Length", { UserName: "" }],
    ["UserName.Length", { UserName: "a".repeat(65) }],
    ["UserName.InvalidChars", { UserName: "a@b" }],
    ["DisplayName.Length", { UserName: "a", DisplayName: "d".repeat(129) }],
    ["DisplayName.Length", { UserName: "a", DisplayName: "" }],
    ["Comments.Length", { UserName: "a", Comments: "c".repeat(129) }],
    ["MobilePhone.Format", { UserName: "a", MobilePhone: "18600000000" }],
    ["Email.Format", { UserName: "a", Email: "nowhere" }],
  ])("refuse with InvalidParameter.%s: %j", async (code, params) => {
    expect(refused(await ram("CreateUser", params as Record<string, string>))).toEqual([
      400,
      `InvalidParameter.${code}`,
    ]);
  });
});

describe("UpdateUser", () => {
  const full = {
    DisplayName: "Alice",
    MobilePhone: "86-18600000000",
    Email: "a@example.com",
    Comments: "on call",
  };

  beforeEach(() => ram("CreateUser", { UserName: "alice", ...full }));

  test("needs NewUserName even when nothing is renamed", async () => {
    expect(refused(await ram("UpdateUser", { UserName: "alice" }))).toEqual([
      400,
      "InvalidParameter.NewUserName.Length",
    ]);
  });

  test("leaves alone what is not sent", async () => {
    const updated = userOf(await ram("UpdateUser", { UserName: "alice", NewUserName: "alice" }));
    expect(updated).toEqual({
      UserId: "200000000000000001",
      UserName: "alice",
      ...full,
      CreateDate: date,
      UpdateDate: date,
    });
  });

  test("renames and keeps the UserId", async () => {
    await ram("UpdateUser", { UserName: "alice", NewUserName: "alison" });
    expect(userOf(await ram("GetUser", { UserName: "alison" })).UserId).toBe("200000000000000001");
    expect(refused(await ram("GetUser", { UserName: "alice" }))).toEqual([404, "EntityNotExist.User"]);
    expect((await ram("CreateUser", { UserName: "alice" })).status).toBe(200);
  });

  test("refuses to rename onto another user, and changes nothing then", async () => {
    await ram("CreateUser", { UserName: "bob" });
    const onto = { UserName: "alice", NewUserName: "bob", NewComments: "changed" };
    expect(refused(await ram("UpdateUser", onto))).toEqual([409, "EntityAlreadyExists.User"]);
    expect(userOf(await ram("GetUser", { UserName: "alice" })).Comments).toBe("on call");
  });

  test("clears with an empty text", async () => {
    const empty = { NewDisplayName: "", NewMobilePhone: "", NewEmail: "", NewComments: "" };
    await ram("UpdateUser", { UserName: "alice", NewUserName: "alice", ...empty });
    const user = userOf(await ram("GetUser", { UserName: "alice" }));
    expect(Object.keys(user).sort()).toEqual(["Comments", "CreateDate", "UpdateDate", "UserId", "UserName"]);
    expect(user.Comments).toBe("");
  });

  test.each([
    ["NewUserName.InvalidChars", { NewUserName: "a b" }],
    ["NewDisplayName.Length", { NewDisplayName: "d".repeat(129) }],
    ["NewComments.Length", { NewComments: "c".repeat(129) }],
    ["NewMobilePhone.Format", { NewMobilePhone: "186" }],
    ["NewEmail.Format", { NewEmail: "nowhere" }],
  ])("refuses with InvalidParameter.%s", async (code, params) => {
    const reply = await ram("UpdateUser", { UserName: "alice", NewUserName: "alice", ...params });
    expect(refused(reply)).toEqual([400, `InvalidParameter.${code}`]);
  });

  test("takes phone and email on the international site, and never returns them there", async () => {
    await emulator.control.settings({ site: "international" });
    const params = { UserName: "alice", NewUserName: "alice", NewEmail: "b@example.com" };
    const replies = [
      await ram("UpdateUser", params),
      await ram("GetUser", { UserName: "alice" }),
      await ram("ListUsers"),
    ];
    for (const { status, text } of replies) {
      expect(status).toBe(200);
      expect(text).not.toMatch(/Email|MobilePhone/);
    }
    await emulator.control.settings({ site: "china" });
    expect(userOf(await ram("GetUser", { UserName: "alice" })).Email).toBe("b@example.com");
  });
});

test("a name with @, which old accounts have, can be read, kept, renamed and deleted, but not given", async () => {
  const snapshot = await emulator.control.snapshot();
  const { ram: account, ...others } = snapshot;
  const user = { userId: "7", userName: "al@example.com" };
  await emulator.control.restore({ ...others, ram: { ...account, users: [user] } });
  const UserName = user.userName;
  expect((await ram("GetUser", { UserName })).body).toMatchObject({ User: { UserName, UserId: "7" } });
  const kept = await ram("UpdateUser", { UserName, NewUserName: UserName, NewComments: "c" });
  expect(kept.body).toMatchObject({ User: { UserName, Comments: "c" } });
  const other = await ram("UpdateUser", { UserName, NewUserName: "al@example.org" });
  expect(other.body).toMatchObject({ Code: "InvalidParameter.NewUserName.InvalidChars" });
  expect((await ram("UpdateUser", { UserName, NewUserName: "al" })).status).toBe(200);
  await emulator.control.restore({ ...others, ram: { ...account, users: [user] } });
  expect((await ram("ListGroupsForUser", { UserName })).status).toBe(200);
  expect((await ram("DeleteUser", { UserName })).status).toBe(200);
});

describe("ListUsers", () => {
  async function list(params: Record<string, string> = {}): Promise<ListBody> {
    return (await ram("ListUsers", params)).body as ListBody;
  }
  const namesOf = ({ Users }: ListBody) => Users.User.map((user) => user.UserName);

  test("pages in the order of creation, with a Marker while there is more", async () => {
    for (const UserName of ["e", "d", "c", "b", "a"]) await ram("CreateUser", { UserName });
    const first = await list({ MaxItems: "2" });
    expect(first).toMatchObject({ IsTruncated: true, Marker: expect.any(String) });
    const second = await list({ MaxItems: "2", Marker: first.Marker ?? "" });
    const third = await list({ MaxItems: "2", Marker: second.Marker ?? "" });
    expect([first, second, third].flatMap(namesOf)).toEqual(["e", "d", "c", "b", "a"]);
    expect(third.IsTruncated).toBe(false);
    expect(third).not.toHaveProperty("Marker");
  });

  test("goes on rightly after the last user of a page was deleted or renamed", async () => {
    for (const UserName of ["a", "b", "c", "d"]) await ram("CreateUser", { UserName });
    const first = await list({ MaxItems: "2" });
    await ram("DeleteUser", { UserName: "b" });
    await ram("UpdateUser", { UserName: "d", NewUserName: "renamed" });
    expect(namesOf(await list({ Marker: first.Marker ?? "" }))).toEqual(["c", "renamed"]);
  });

  test("has no Marker when the last page is full to the brim", async () => {
    for (const UserName of ["a", "b"]) await ram("CreateUser", { UserName });
    expect(await list({ MaxItems: "2" })).toMatchObject({ IsTruncated: false });
  });

  test.each([
    ["MaxItems", "0"],
    ["MaxItems", "1001"],
    ["MaxItems", "ten"],
    ["Marker", "of my own"],
  ])("refuses %s=%s", async (name, value) => {
    expect(refused(await ram("ListUsers", { [name]: value }))).toEqual([400, `InvalidParameter.${name}`]);
  });
});

describe("the lag after a create", () => {
  beforeEach(() => emulator.control.settings({ lagReads: { Ram: 2 } }));

  test("hides the user from the next reads, Get and List together", async () => {
    await ram("CreateUser", { UserName: "alice" });
    expect(refused(await ram("GetUser", { UserName: "alice" }))).toEqual([404, "EntityNotExist.User"]);
    expect((await ram("ListUsers")).body).toMatchObject({ Users: { User: [] } });
    expect((await ram("GetUser", { UserName: "alice" })).status).toBe(200);
    expect((await ram("ListUsers")).body).toMatchObject({ Users: { User: [{ UserName: "alice" }] } });
  });

  test("does not hide it from writes", async () => {
    await ram("CreateUser", { UserName: "alice" });
    expect(refused(await ram("CreateUser", { UserName: "alice" }))).toEqual([
      409,
      "EntityAlreadyExists.User",
    ]);
    expect((await ram("DeleteUser", { UserName: "alice" })).status).toBe(200);
  });
});

describe("DeleteUser", () => {
  const alice = { UserName: "alice" };
  const policy = { ...alice, PolicyType: "System", PolicyName: "ReadOnlyAccess" };

  beforeEach(() => ram("CreateUser", alice));

  async function bindMfa(): Promise<void> {
    const snapshot = await emulator.control.snapshot();
    snapshot.ram.users[0]!.mfaDevice = { serialNumber: "acs:ram::1000000000000000:mfa/alice", type: "VMFA" };
    await emulator.control.restore(snapshot);
  }

  async function joinGroup(): Promise<void> {
    await ram("CreateGroup", { GroupName: "Dev-Team", Comments: "dev" });
    await ram("AddUserToGroup", { ...alice, GroupName: "Dev-Team" });
  }

  async function deleteKey(): Promise<Reply> {
    const listed = (await ram("ListAccessKeys", alice)).body as {
      AccessKeys: { AccessKey: { AccessKeyId: string }[] };
    };
    return ram("DeleteAccessKey", {
      ...alice,
      UserAccessKeyId: listed.AccessKeys.AccessKey[0]?.AccessKeyId ?? "",
    });
  }

  const login = { ...alice, Password: "Secret123!" };
  test.each([
    ["Group", joinGroup, () => ram("RemoveUserFromGroup", { ...alice, GroupName: "Dev-Team" })],
    ["AccessKey", () => ram("CreateAccessKey", alice), deleteKey],
    ["LoginProfile", () => ram("CreateLoginProfile", login), () => ram("DeleteLoginProfile", alice)],
    ["MFADevice", bindMfa, () => ram("UnbindMFADevice", alice)],
    ["Policy", () => ram("AttachPolicyToUser", policy), () => ram("DetachPolicyFromUser", policy)],
  ] as [string, () => Promise<unknown>, () => Promise<Reply>][])(
    "is refused while the user has a %s, and works once that is gone",
    async (obstacle, add, remove) => {
      await add();
      expect(refused(await ram("DeleteUser", alice))).toEqual([409, `DeleteConflict.User.${obstacle}`]);
      expect((await remove()).status).toBe(200);
      expect((await ram("DeleteUser", alice)).body).toEqual({ RequestId: expect.any(String) });
      expect(refused(await ram("DeleteUser", alice))).toEqual([404, "EntityNotExist.User"]);
    },
  );

  test.each([
    ["DeleteAccessKey", { UserAccessKeyId: "LTAInone" }, "EntityNotExist.User.AccessKey"],
    ["DetachPolicyFromUser", { PolicyType: "System", PolicyName: "None" }, "EntityNotExist.User.Policy"],
    ["RemoveUserFromGroup", { GroupName: "none" }, "EntityNotExist.Group"],
    ["GetLoginProfile", {}, "EntityNotExist.User.LoginProfile"],
    ["DeleteLoginProfile", {}, "EntityNotExist.User.LoginProfile"],
    ["GetUserMFAInfo", {}, "EntityNotExist.User.MFADevice"],
    ["UnbindMFADevice", {}, "EntityNotExist.User.MFADevice"],
  ])("%s says 404 when there is nothing to remove", async (action, params, code) => {
    expect(refused(await ram(action, { ...alice, ...params } as Record<string, string>))).toEqual([
      404,
      code,
    ]);
    expect(refused(await ram(action, { ...params, UserName: "nobody" } as Record<string, string>))).toEqual([
      404,
      "EntityNotExist.User",
    ]);
  });

  test("leaves the user's groups, policies, profile and device readable in the vendor's shapes", async () => {
    await joinGroup();
    await bindMfa();
    await ram("AttachPolicyToUser", policy);
    await ram("CreateLoginProfile", { ...login, MFABindRequired: "true" });
    expect((await ram("ListGroupsForUser", alice)).body).toMatchObject({
      Groups: {
        Group: [
          { GroupId: expect.stringMatching(/^g-/), GroupName: "Dev-Team", Comments: "dev", JoinDate: date },
        ],
      },
    });
    expect((await ram("ListPoliciesForUser", alice)).body).toMatchObject({
      Policies: { Policy: [{ PolicyName: "ReadOnlyAccess", PolicyType: "System", AttachDate: date }] },
    });
    expect((await ram("GetLoginProfile", alice)).body).toMatchObject({
      LoginProfile: {
        UserName: "alice",
        PasswordResetRequired: false,
        MFABindRequired: true,
        CreateDate: date,
      },
    });
    expect((await ram("GetUserMFAInfo", alice)).body).toMatchObject({
      MFADevice: { SerialNumber: "acs:ram::1000000000000000:mfa/alice", Type: "VMFA" },
    });
  });

  test("is blocked by a policy in the scope of a resource group, which no list shows", async () => {
    const scoped = { ...policy, ResourceGroupId: "rg-1" };
    await ram("AttachPolicyToUser", scoped);
    expect((await ram("ListPoliciesForUser", alice)).body).toMatchObject({ Policies: { Policy: [] } });
    expect(refused(await ram("DetachPolicyFromUser", policy))).toEqual([404, "EntityNotExist.User.Policy"]);
    expect(refused(await ram("DeleteUser", alice))).toEqual([409, "DeleteConflict.User.Policy"]);
    expect((await ram("DetachPolicyFromUser", scoped)).status).toBe(200);
  });
});

describe("AccessKeys", () => {
  const keysOf = (reply: Reply) =>
    (reply.body as { AccessKeys: { AccessKey: object[] } }).AccessKeys.AccessKey;

  beforeEach(() => ram("CreateUser", { UserName: "alice" }));

  test("show their secret once and keep it nowhere", async () => {
    const { AccessKey } = (await ram("CreateAccessKey", { UserName: "alice" })).body as {
      AccessKey: { AccessKeyId: string; AccessKeySecret: string };
    };
    expect(AccessKey).toEqual({
      AccessKeyId: expect.stringMatching(/^LTAI/),
      AccessKeySecret: expect.stringMatching(/^.{30}$/),
      Status: "Active",
      CreateDate: date,
    });
    const kept = JSON.stringify([await emulator.control.snapshot(), await emulator.control.calls()]);
    expect(kept).not.toContain(AccessKey.AccessKeySecret);
    expect(keysOf(await ram("ListAccessKeys", { UserName: "alice" }))).toEqual([
      { AccessKeyId: AccessKey.AccessKeyId, Status: "Active", CreateDate: date },
    ]);
  });

  test("can be switched off", async () => {
    await ram("CreateAccessKey", { UserName: "alice" });
    const [key] = keysOf(await ram("ListAccessKeys", { UserName: "alice" })) as { AccessKeyId: string }[];
    const off = { UserName: "alice", UserAccessKeyId: key?.AccessKeyId ?? "", Status: "Inactive" };
    await ram("UpdateAccessKey", off);
    expect(keysOf(await ram("ListAccessKeys", { UserName: "alice" }))).toMatchObject([
      { Status: "Inactive" },
    ]);
    expect(refused(await ram("UpdateAccessKey", { ...off, Status: "off" }))).toEqual([
      400,
      "InvalidParameter.Status",
    ]);
  });

  test("are two at most", async () => {
    for (const status of [200, 200, 409]) {
      expect((await ram("CreateAccessKey", { UserName: "alice" })).status).toBe(status);
    }
  });

  test("without a UserName are the caller's own, who is none of the users", async () => {
    expect(keysOf(await ram("ListAccessKeys"))).toMatchObject([{ AccessKeyId: "testid", Status: "Active" }]);
    expect((await ram("DeleteAccessKey", { UserAccessKeyId: "testid" })).status).toBe(200);
    expect(keysOf(await ram("ListAccessKeys"))).toEqual([]);
    expect((await ram("ListUsers")).body).toMatchObject({ Users: { User: [{ UserName: "alice" }] } });
  });

  test("with an empty UserName are nobody's", async () => {
    expect(refused(await ram("ListAccessKeys", { UserName: "" }))).toEqual([
      400,
      "InvalidParameter.UserName.Length",
    ]);
  });
});

test("refuses to add or attach twice", async () => {
  const alice = { UserName: "alice" };
  const policy = { ...alice, PolicyType: "Custom", PolicyName: "Mine" };
  const login = { ...alice, Password: "Secret123!" };
  await ram("CreateUser", alice);
  const twice: [string, Record<string, string>, string][] = [
    ["CreateGroup", { GroupName: "g" }, "EntityAlreadyExists.Group"],
    ["AddUserToGroup", { ...alice, GroupName: "g" }, "EntityAlreadyExists.User.Group"],
    ["AttachPolicyToUser", policy, "EntityAlreadyExists.User.Policy"],
    ["CreateLoginProfile", login, "EntityAlreadyExists.User.LoginProfile"],
  ];
  for (const [action, params, code] of twice) {
    expect((await ram(action, params)).status).toBe(200);
    expect(refused(await ram(action, params))).toEqual([409, code]);
  }
});
