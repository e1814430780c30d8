import type { ProductName } from "../../emulator";
import { connect } from "../../provider/api/connect";
import type { ApiFault } from "../../provider/api/fault";
import type { Wire } from "../../provider/core/wire";
import { settingsFor, useAccount } from "./account";
import { useGateway } from "./gateway";
import { passingClock } from "./passingClock";
import { schemaOf } from "./schemaOf";

const gateway = useGateway();
const account = useAccount();

/** Sends a call to the gateway, which answers it with this body and status 200 each time. */
async function answered(product: ProductName, action: string, body: unknown, params: Wire = {}) {
  gateway.answersEach(() => ({ body: JSON.stringify(body) }));
  const directory = connect(settingsFor(gateway.url), { clock: passingClock() }).directory(
    schemaOf(product),
    {},
    undefined,
  );
  return directory.call({ action, params }).catch((fault: unknown) => fault as ApiFault);
}

const sentence = (product: string, action: string, problem: string): string =>
  `${product} answered ${action} with something that is not an answer of the API (${problem}), perhaps a proxy's page. ` +
  "Nothing was dropped from the state. Check the network, the proxy (HTTPS_PROXY, NO_PROXY), the region and the endpoint " +
  "(alicloud:region, alicloud:endpoints, ALICLOUD_USERS_ENDPOINT). Tried ";

describe("JSON with status 200 is no answer", () => {
  test.each<[unknown, string]>([
    [{}, "RequestId is missing"],
    [[], "it is not an object"],
    ["text", "it is not an object"],
    [5, "it is not an object"],
    [true, "it is not an object"],
    [null, "it is not an object"],
    ["", "it is not an object"],
    [{ error: "login required" }, "RequestId is missing"],
    [{ code: "NoPermission", message: "No." }, "RequestId is missing"],
    [{ RequestId: "" }, "RequestId is missing"],
    [{ RequestId: null }, "RequestId is missing"],
    [{ RequestId: 7 }, "RequestId has another form"],
    [{ RequestId: ["r"] }, "RequestId has another form"],
    [{ requestId: "r" }, "RequestId is missing"],
  ])("where it is %j", async (body, problem) => {
    for (const [product, name] of [
      ["Ram", "RAM"],
      ["Bastionhost", "Bastionhost"],
      ["Eiam", "EIAM"],
    ] as const)
      expect(await answered(product, "DeleteUser", body)).toMatchObject({
        name: "ApiFault",
        kind: "unavailable",
        code: "InvalidAnswer",
        action: "DeleteUser",
        message: expect.stringContaining(sentence(name, "DeleteUser", problem)) as string,
      });
  });

  test("and is an answer with a request id", async () => {
    expect(await answered("Ram", "DeleteUser", { RequestId: "r" })).toEqual({ RequestId: "r" });
  });

  test("so a call that may be repeated is sent four times, and one that makes a user once", async () => {
    await answered("Eiam", "DeleteUser", {});
    expect(gateway.received).toHaveLength(4);
    await answered("Ram", "CreateUser", {});
    expect(gateway.received).toHaveLength(5);
  });

  test("so a call is through as soon as the API answers", async () => {
    gateway.answersEach((_params, before) => ({ body: before < 2 ? {} : { RequestId: "r" } }));
    const directory = connect(settingsFor(gateway.url), { clock: passingClock() }).directory(
      ...([schemaOf("Bastionhost"), {}, undefined] as const),
    );
    expect(await directory.call({ action: "DeleteUser", params: {} })).toEqual({ RequestId: "r" });
    expect(gateway.received).toHaveLength(3);
  });
});

describe("a status of failure without the API's code", () => {
  test.each<[number, string]>([
    [502, '""'],
    [503, '{"message":"upstream connect error"}'],
    [403, "[]"],
  ])("is no answer, and is named: %i %s", async (status, body) => {
    gateway.answers(status, body);
    const account = connect(settingsFor(gateway.url), { clock: passingClock() });
    await expect(
      account.directory(schemaOf("Ram"), {}, undefined).call({ action: "DeleteUser", params: {} }),
    ).rejects.toMatchObject({
      kind: "unavailable",
      message: expect.stringContaining(sentence("RAM", "DeleteUser", `HTTP ${status}`)) as string,
    });
  });
});

describe("a refusal without a request id is no answer", () => {
  test.each<[ProductName, string, string]>([
    ["Ram", "DeleteUser", "EntityNotExist.User"],
    ["Bastionhost", "DeleteUser", "UserNotFound"],
    ["Eiam", "DeleteUser", "ResourceNotFound.User"],
    ["Ram", "CreateUser", "EntityAlreadyExists.User"],
    ["Eiam", "CreateUser", "Throttling.User"],
  ])("where something would be done about it: %s %s %s", async (product, action, Code) => {
    const fault = await answered(product, action, { Code, Message: "x" });
    expect(fault).toMatchObject({ kind: "unavailable", code: "InvalidAnswer" });
    expect(fault.message).toContain("(RequestId is missing)");
  });

  test("and is one where nothing is done about it", async () => {
    const fault = await answered("Ram", "DeleteUser", { Code: "NoPermission", Message: "No." });
    expect(fault).toMatchObject({ kind: "forbidden", code: "NoPermission" });
  });
});

const user = { UserId: "7", UserName: "alice" };

describe("an answer without what its action tells is none", () => {
  test.each<[ProductName, string, Wire, string]>([
    ["Ram", "CreateUser", {}, "User is missing"],
    ["Ram", "CreateUser", { User: { UserName: "alice" } }, "User.UserId is missing"],
    ["Ram", "CreateUser", { User: { UserId: "7" } }, "User.UserName is missing"],
    ["Ram", "CreateUser", { User: { ...user, UserId: "" } }, "User.UserId is missing"],
    ["Ram", "UpdateUser", { User: "text" }, "User has another form"],
    ["Ram", "UpdateUser", { User: {} }, "User.UserId is missing"],
    ["Ram", "GetUser", { User: {} }, "User.UserId is missing"],
    ["Ram", "GetUser", { User: "text" }, "User has another form"],
    ["Ram", "GetUser", { User: [user] }, "User has another form"],
    ["Ram", "GetUser", { User: null }, "User is missing"],
    ["Ram", "GetUser", { User: { ...user, UserName: "bob" } }, "it shows another user"],
    ["Ram", "ListAccessKeys", { AccessKeys: "text" }, "AccessKeys has another form"],
    ["Ram", "ListAccessKeys", { AccessKeys: { AccessKey: {} } }, "AccessKeys.AccessKey has another form"],
    [
      ...(["Ram", "ListAccessKeys", { AccessKeys: { AccessKey: [{}] } }] as const),
      "AccessKeys.AccessKey.0.AccessKeyId is missing",
    ],
    ["Ram", "ListPoliciesForUser", {}, "Policies is missing"],
    [
      ...(["Ram", "ListPoliciesForUser", { Policies: { Policy: ["x"] } }] as const),
      "Policies.Policy.0 has another form",
    ],
    ["Ram", "ListGroupsForUser", { Groups: { Group: 5 } }, "Groups.Group has another form"],
    ["Bastionhost", "CreateUser", {}, "UserId is missing"],
    ["Bastionhost", "CreateUser", { UserId: {} }, "UserId has another form"],
    ["Bastionhost", "GetUser", {}, "User is missing"],
    ["Bastionhost", "GetUser", { User: {} }, "User.UserId is missing"],
    ["Bastionhost", "GetUser", { User: { UserId: "8" } }, "it shows another user"],
    ["Bastionhost", "LockUsers", {}, "Results is missing"],
    ["Bastionhost", "LockUsers", { Results: "OK" }, "Results has another form"],
    ["Bastionhost", "LockUsers", { Results: [] }, "Results has another form"],
    ["Bastionhost", "UnlockUsers", { Results: [{}] }, "Results.0.Code is missing"],
    ["Bastionhost", "GetInstanceTwoFactor", { Config: "text" }, "Config has another form"],
    ["Eiam", "CreateUser", { UserId: null }, "UserId is missing"],
    ["Eiam", "GetUser", { User: { UserId: "8" } }, "it shows another user"],
    ["Eiam", "GetUser", { User: { ...user, CustomFields: {} } }, "User.CustomFields has another form"],
    [
      ...(["Eiam", "GetUser", { User: { ...user, OrganizationalUnits: ["x"] } }] as const),
      "User.OrganizationalUnits.0 has another form",
    ],
    [
      ...(["Eiam", "GetRootOrganizationalUnit", { OrganizationalUnit: {} }] as const),
      "OrganizationalUnit.OrganizationalUnitId is missing",
    ],
  ])("%s %s %j", async (product, action, body, problem) => {
    const params = { UserId: "7", UserName: "alice" };
    const fault = await answered(product, action, { RequestId: "r", ...body }, params);
    expect(fault).toMatchObject({ kind: "unavailable", code: "InvalidAnswer", action });
    expect(fault.message).toContain(
      sentence(product === "Ram" ? "RAM" : (fault.service as string), action, problem),
    );
  });

  test.each<[ProductName, string, Wire]>([
    ["Ram", "GetUser", { User: user }],
    ["Ram", "GetUser", { User: { ...user, UserName: "Alice" } }],
    ["Ram", "UpdateUser", {}],
    ["Ram", "ListAccessKeys", { AccessKeys: { AccessKey: [] } }],
    ["Bastionhost", "GetUser", { User: { UserId: 7 } }],
    ["Eiam", "GetUser", { User: { UserId: "7", CustomFields: null } }],
  ])("and is one with it: %s %s %j", async (product, action, body) => {
    const params = { UserId: "7", UserName: "alice" };
    const answer = { RequestId: "r", ...body };
    expect(await answered(product, action, answer, params)).toEqual(answer);
  });
});

test("every answer of the emulator is one, by its request id too", async () => {
  const connection = account.connection();
  const scopes = {
    Bastionhost: { InstanceId: "bastionhost-cn-demo0001" },
    Eiam: { InstanceId: "idaas_demo0001" },
  };
  const reads: [ProductName, string, Wire][] = [
    ["Ram", "ListUsers", {}],
    ["Bastionhost", "ListUsers", scopes.Bastionhost],
    ["Bastionhost", "GetInstanceTwoFactor", scopes.Bastionhost],
    ["Eiam", "ListUsers", scopes.Eiam],
    ["Eiam", "GetRootOrganizationalUnit", scopes.Eiam],
  ];
  for (const [product, action, params] of reads) {
    const answer = await connection.directory(schemaOf(product), {}, undefined).call({ action, params });
    expect(answer.RequestId).toMatch(/^[0-9A-F-]{36}$/);
  }
});
