import { callerOf, useEmulator } from "./emulatorCalls";

const emulator = useEmulator();
const ram = callerOf(emulator, "Ram");
const bastionhost = callerOf(emulator, "Bastionhost", { InstanceId: "bastionhost-cn-demo0001" });

describe("an account that differs from the API's pages", () => {
  test("ignores the empty text of a parameter", async () => {
    await emulator.control.settings({ deviations: { ignoreEmpty: ["NewComments"] } });
    await ram("CreateUser", { UserName: "alice", Comments: "here" });
    await ram("UpdateUser", { UserName: "alice", NewUserName: "alice", NewComments: "" });
    expect((await ram("GetUser", { UserName: "alice" })).body).toMatchObject({ User: { Comments: "here" } });
  });

  test("keeps the text of a parameter in lower case, or without the white space around it", async () => {
    await emulator.control.settings({ deviations: { lowerCase: ["Email"], trim: ["Comments"] } });
    await ram("CreateUser", { UserName: "Alice", Email: "Alice@Example.com", Comments: " Here " });
    const user = { UserName: "Alice", Email: "alice@example.com", Comments: "Here" };
    expect((await ram("GetUser", { UserName: "Alice" })).body).toMatchObject({ User: user });
  });

  test("leaves a field out of answers, and answers a number as text", async () => {
    await emulator.control.settings({ deviations: { omit: ["Comments"], asText: ["TotalCount"] } });
    const { body } = await ram("CreateUser", { UserName: "alice", Comments: "here" });
    expect(body).not.toHaveProperty("User.Comments");
    expect((await bastionhost("ListUsers")).body).toMatchObject({ TotalCount: "0" });
  });

  test("answers another code", async () => {
    await emulator.control.settings({ deviations: { codes: { "EntityNotExist.User": "NoSuchUser" } } });
    expect((await ram("GetUser", { UserName: "alice" })).body).toMatchObject({ Code: "NoSuchUser" });
  });
});
