import type { Stack } from "../support/stack";
import { type CountingRelay, openCountingRelay } from "../support/countingRelay";
import { type Account, idaas, openAccount } from "../support/account";
import { succeeded } from "./outcome";
import { dynamic } from "./frontend";
import { scenario } from "./scenario";

const count = 12;

/** A program of EIAM users, each with a custom field, which no list shows, or without. */
const program = (
  names: string[],
  field?: string,
): string => `import { EiamUser } from "pulumi-alicloud-users";
  for (const username of ${JSON.stringify(names)})
    new EiamUser(username, {
      instanceId: "${idaas}", username, ${field === undefined ? "" : `customFields: { nick_name: "${field} " + username }`}
    });`;

const names = Array.from({ length: count }, (_, at) => `user-${at}`);

scenario(
  "EIAM users with custom fields",
  (step, frontend) => {
    let account: Account;
    let relay: CountingRelay;
    let stack: Stack;

    /** How many calls of each action a preview without differences takes. */
    const preview = async () => {
      await account.emulator.control.forgetCalls();
      relay.mostAtOnce("GetUser");
      succeeded(await stack.preview(["--expect-no-changes"]));
      const { byAction } = await account.emulator.control.calls();
      return { gets: byAction["Eiam.GetUser"] ?? 0, pages: byAction["Eiam.ListUsers"] ?? 0 };
    };

    beforeAll(async () => {
      account = await openAccount();
      relay = await openCountingRelay(account.emulator.url);
      const env = { ...account.env, ALICLOUD_USERS_ENDPOINT: relay.url };
      stack = await frontend.createStack({ source: program(names, "first"), env });
      succeeded(await stack.up());
    });
    afterAll(async () => {
      relay.close();
      await Promise.all([stack.remove(), account.close()]);
    });

    step(
      "a preview sends their Gets side by side, one for each, and at most a page of the list",
      async () => {
        await account.emulator.control.settings({ latencyMs: 100 });
        const { gets, pages } = await preview();
        await account.emulator.control.settings({ latencyMs: 0 });
        expect(relay.mostAtOnce("GetUser")).toBeGreaterThan(1);
        expect(gets).toBe(count);
        expect(pages).toBeLessThanOrEqual(1);
      },
    );

    step("an update in the same run is seen, and a new user takes no Get in the preview", async () => {
      await stack.writeProgram(program([...names, "new"], "second"));
      await account.emulator.control.forgetCalls();
      succeeded(await stack.preview());
      expect((await account.emulator.control.calls()).byAction["Eiam.GetUser"]).toBe(count);
      succeeded(await stack.run(["up", "--yes"]));
      expect((await preview()).gets).toBe(count + 1);
      expect((await account.eiamUsers()).map(({ customFields }) => customFields.nick_name).sort()).toEqual(
        [...names, "new"].map((name) => `second ${name}`).sort(),
      );
    });

    step("the state of a user does not name those that follow", async () => {
      const { resources = [] } = (await stack.state()).deployment;
      const values = resources.map(({ inputs, outputs }) => JSON.stringify([inputs, outputs]));
      const naming = resources.filter((_resource, at) => new Set(values[at]!.match(/"user-\d+"/g)).size > 1);
      expect(values.filter((text) => text.includes('"user-3"'))).toHaveLength(1);
      expect(naming.map(({ urn }) => urn)).toEqual([]);
    });

    step("without custom fields they take no Get", async () => {
      await stack.writeProgram(program([...names, "new"]));
      succeeded(await stack.up());
      expect(await preview()).toEqual({ gets: 0, pages: 1 });
    });
  },
  [dynamic],
);
