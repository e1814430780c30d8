import PopCore from "@alicloud/pop-core";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import RamClient, * as ramModels from "@alicloud/ram20150501";
import { ram } from "../../emulator/ram";
import { useEmulator, versions } from "./emulatorCalls";

const emulator = useEmulator();

function popClient(apiVersion: string): PopCore {
  return new PopCore({
    accessKeyId: "testid",
    accessKeySecret: "testsecret",
    endpoint: emulator.url,
    apiVersion,
    opts: { method: "POST", timeout: 10_000 },
  });
}

function sdkClient(securityToken?: string): RamClient {
  const config = new $OpenApiUtil.Config({
    accessKeyId: securityToken ? "STS.testid" : "testid",
    accessKeySecret: "testsecret",
    securityToken,
    endpoint: new URL(emulator.url).host,
    protocol: "HTTP",
  });
  return new RamClient(config);
}

test("the vendor's V1 and V3 clients see the same user", async () => {
  const displayName = "O'Brien (测试)*~!";
  await popClient(versions.Ram).request("CreateUser", { UserName: "alice", DisplayName: displayName });
  const byV1 = await popClient(versions.Ram).request<{ User: object }>("GetUser", { UserName: "alice" });
  const byV3 = await sdkClient().getUser(new ramModels.GetUserRequest({ userName: "alice" }));
  expect(byV1.User).toMatchObject({ UserId: "200000000000000001", DisplayName: displayName, Comments: "" });
  expect(byV3.body?.user?.toMap()).toMatchObject(byV1.User);
  expect(byV3.body?.user?.displayName).toBe(displayName);
});

test("the vendor's SDK updates, lists and deletes with a security token", async () => {
  const sdk = sdkClient("testtoken");
  await sdk.createUser(new ramModels.CreateUserRequest({ userName: "alice", comments: "on call" }));
  const renaming = { userName: "alice", newUserName: "bob", newComments: "" };
  const updated = await sdk.updateUser(new ramModels.UpdateUserRequest(renaming));
  expect(updated.body?.user).toMatchObject({ userName: "bob", comments: "" });
  const listed = await sdk.listUsers(new ramModels.ListUsersRequest({ maxItems: 10 }));
  expect(listed.body?.users?.user?.map((user) => user.userName)).toEqual(["bob"]);
  await sdk.deleteUser(new ramModels.DeleteUserRequest({ userName: "bob" }));
});

test("a refusal reaches both clients with its code", async () => {
  const asked = { userName: "nobody" };
  await expect(popClient(versions.Ram).request("GetUser", { UserName: "nobody" })).rejects.toMatchObject({
    code: "EntityNotExist.User",
  });
  await expect(sdkClient().getUser(new ramModels.GetUserRequest(asked))).rejects.toMatchObject({
    code: "EntityNotExist.User",
    statusCode: 404,
  });
});

describe("pop-core takes a user from its create to its delete, with RegionId in every call", () => {
  type Answer = Record<string, unknown> & { User: object; UserId: string };

  /** Calls one product with the parameters that all its calls carry. */
  function caller(version: string, fixed: object) {
    const client = popClient(version);
    return (action: string, params: object = {}) =>
      client.request<Answer>(action, { RegionId: "cn-hangzhou", ...fixed, ...params });
  }

  test("in RAM", async () => {
    const call = caller(versions.Ram, {});
    await call("CreateUser", { UserName: "alice", Comments: "on call" });
    await call("UpdateUser", { UserName: "alice", NewUserName: "alice", NewComments: "" });
    expect((await call("GetUser", { UserName: "alice" })).User).toMatchObject({ Comments: "" });
    expect((await call("ListUsers")).Users).toMatchObject({ User: [{ UserName: "alice" }] });
    await call("DeleteUser", { UserName: "alice" });
    expect((await call("ListUsers")).Users).toEqual({ User: [] });
  });

  test("in Bastionhost", async () => {
    const call = caller(versions.Bastionhost, { InstanceId: "bastionhost-cn-demo0001" });
    const { UserId } = await call("CreateUser", { Source: "Local", UserName: "bob", Password: "Secret-123" });
    await call("ModifyUser", { UserId, Comment: "on call" });
    const locked = await call("LockUsers", { UserIds: JSON.stringify([UserId]) });
    expect(locked.Results).toMatchObject([{ UserId, Code: "OK" }]);
    expect((await call("GetUser", { UserId })).User).toMatchObject({
      Comment: "on call",
      UserState: ["Frozen"],
    });
    await call("UnlockUsers", { UserIds: JSON.stringify([UserId]) });
    expect((await call("ListUsers")).Users).toMatchObject([{ UserId, UserState: ["Normal"] }]);
    await call("DeleteUser", { UserId });
    expect((await call("ListUsers")).Users).toEqual([]);
  });

  test("in EIAM", async () => {
    const call = caller(versions.Eiam, { InstanceId: "idaas_demo0001" });
    const carol = { Username: "carol", PrimaryOrganizationalUnitId: "ou_root_demo0001" };
    const { UserId } = await call("CreateUser", carol);
    await call("UpdateUser", { UserId, DisplayName: "Carol" });
    await call("DisableUser", { UserId });
    expect((await call("GetUser", { UserId })).User).toMatchObject({
      DisplayName: "Carol",
      Status: "disabled",
    });
    await call("EnableUser", { UserId });
    expect((await call("ListUsers")).Users).toMatchObject([{ UserId, Status: "enabled" }]);
    await call("DeleteUser", { UserId });
    expect((await call("ListUsers")).Users).toEqual([]);
  });
});

test("pop-core sends lists of objects as EIAM takes them", async () => {
  const eiam = popClient(versions.Eiam);
  const InstanceId = "idaas_demo0001";
  const { UserId } = await eiam.request<{ UserId: string }>("CreateUser", {
    InstanceId,
    Username: "carol",
    PrimaryOrganizationalUnitId: "ou_root_demo0001",
    CustomFields: [
      { FieldName: "nick_name", FieldValue: "Caz" },
      { FieldName: "age", FieldValue: "10" },
    ],
  });
  const { User } = await eiam.request<{ User: object }>("GetUser", { InstanceId, UserId });
  expect(User).toMatchObject({
    CustomFields: [
      { FieldName: "nick_name", FieldValue: "Caz" },
      { FieldName: "age", FieldValue: "10" },
    ],
  });
});

test.each(Object.keys(ram.actions))(
  "RAM %s accepts what the vendor's SDK can send, and no more",
  (action) => {
    const model = Reflect.get(ramModels, `${action}Request`) as { names(): Record<string, string> };
    expect([...(ram.actions[action]?.accepted ?? [])].sort()).toEqual(Object.values(model.names()).sort());
  },
);
