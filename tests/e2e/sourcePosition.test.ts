import type { ResourceState, Stack } from "../support/stack";
import { type Account, openAccount } from "../support/account";
import { dynamic } from "./frontend";
import { errorsOf, failed, succeeded } from "./outcome";
import { scenario } from "./scenario";

/** Every resource is declared in the line that its name tells. */
const program = (readId: string, argsOfLast = ""): string => `import * as pulumi from "@pulumi/pulumi";
import { RamUser } from "pulumi-alicloud-users";
new RamUser("line-3", { userName: "line-3" });
class Team extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:Team", name);
    new RamUser("line-7", { userName: "line-7" }, { parent: this });
  }
}
function declareUser(name: string) {
  return new RamUser(name, { userName: name });
}
declareUser("line-11");
new Team("line-14");
["line-15"].forEach((name) => new RamUser(name, { userName: name }));
RamUser.get("line-16", "${readId}");
new RamUser("line-17", { userName: "line-17", displayName: "User 17", email: "line-17@example.com",
  mobilePhone: "86-18600001000", comments: "Number 17", onDelete: "delete"${argsOfLast} });
`;

scenario(
  "the line in which a user is declared",
  (step, frontend) => {
    let account: Account;
    let stack: Stack;
    let readId: string;
    let resources: ResourceState[];

    const named = (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`))!;

    beforeAll(async () => {
      account = await openAccount();
      await account.admin.ram("CreateUser", { UserName: "read" });
      readId = (await account.ramUsers())[0]!.userId;
      stack = await frontend.createStack({ source: program(readId), oneProcess: false, env: account.env });
      succeeded(await stack.up());
      resources = (await stack.state()).deployment.resources!;
    });
    afterAll(async () => {
      await stack.remove();
      await account.close();
    });

    step(
      "is in the state, also for a user in a component, a function or a loop, and one that is only read",
      async () => {
        const lines = ["line-3", "line-7", "line-11", "line-15", "line-16", "line-17"];
        expect(lines.map((name) => named(name).sourcePosition)).toEqual(
          lines.map(
            (line) => expect.stringMatching(`^project:///index\\.ts#${line.slice(5)},\\d+$`) as string,
          ),
        );
      },
    );

    step("comes with the program's other lines that led there, and with no library's", async () => {
      expect(named("line-7").stackTrace).toEqual([
        { sourcePosition: named("line-7").sourcePosition },
        { sourcePosition: named("line-14").sourcePosition },
      ]);
    });

    step("leaves the positions of other resources to the SDK", async () => {
      expect(named("line-14").sourcePosition).toMatch(/index\.ts#14,1$/);
      expect(named("line-14").stackTrace!.length).toBeGreaterThan(5);
    });

    step("leaves a user with six attributes below 1,800 bytes in the state", async () => {
      expect(JSON.stringify(named("line-17")).length).toBeLessThan(1800);
    });

    step("is no hindrance to a message about the user", async () => {
      await stack.writeProgram(program(readId, `, nickname: "L"`));
      expect(errorsOf(failed(await stack.preview()))).toEqual([
        expect.stringContaining('"nickname" is not an attribute of RamUser') as string,
      ]);
    });
  },
  [dynamic],
);
