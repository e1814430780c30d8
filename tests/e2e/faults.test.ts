import { type AddressInfo, createServer } from "node:net";
import { once } from "node:events";
import type { FaultSpec } from "../../emulator";
import type { Outcome, ResourceState, Stack } from "../support/stack";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { errorsOf, failed, succeeded, tally } from "./outcome";
import { programOf } from "./program";
import { dynamic, plugin } from "./frontend";
import { scenario } from "./scenario";

const alice = { userName: "alice", displayName: "Alice" };
const bob = { instanceId: bastionHost, source: "Local", userName: "bob", password: "Correct-Horse-7" };
const carol = { instanceId: idaas, username: "carol" };

/** Holds of every failure: one error, which a person can read and act on. */
function onlyError(outcome: Outcome): string {
  const { stdout, stderr } = failed(outcome);
  expect(`${stdout}${stderr}`).not.toMatch(/^\s+at /m);
  const errors = errorsOf(outcome);
  expect(errors).toHaveLength(1);
  return errors[0]!;
}

/**
 * The resources in the state, but for their order and the ciphertext of secrets, which differ whenever the engine writes,
 * and for dependencies by property, which it drops itself in a refresh that fails.
 */
async function resourcesOf(stack: Stack, refreshes: boolean): Promise<ResourceState[]> {
  const { resources = [] } = (await stack.state()).deployment;
  const dropped = refreshes ? "propertyDependencies" : undefined;
  const stable = JSON.stringify(resources, (key, value: unknown) =>
    key === "ciphertext" || key === dropped ? undefined : value,
  );
  return (JSON.parse(stable) as ResourceState[]).sort((one, other) => (one.urn < other.urn ? -1 : 1));
}

scenario(
  "a run that the account does not let through",
  (step, frontend) => {
    let account: Account;
    let stack: Stack;
    const fault = (spec: FaultSpec) => account.emulator.control.fault(spec);

    /** Runs with other variables, which must leave the resources in the state as they were. */
    async function upWith(changes: NodeJS.ProcessEnv): Promise<Outcome> {
      const before = await resourcesOf(stack, frontend.refreshes);
      const env = { ...stack.env };
      Object.assign(stack.env, changes);
      try {
        return await stack.up();
      } finally {
        Object.assign(stack.env, env);
        expect(await resourcesOf(stack, frontend.refreshes)).toEqual(before);
      }
    }

    beforeAll(async () => {
      account = await openAccount();
      stack = await frontend.createStack({
        source: programOf(["RamUser", "alice", alice]),
        env: account.env,
      });
      // Neither the machine's own profiles nor its role are to be found.
      Object.assign(stack.env, { HOME: stack.dir, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" });
      succeeded(await stack.up());
    });
    afterAll(async () => {
      await stack.remove();
      await account.close();
    });

    step("asks for credentials where there are none", async () => {
      const none = { ALIBABA_CLOUD_ACCESS_KEY_ID: "", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "" };
      const error = onlyError(await upWith(none));
      expect(error).toContain("There are no Alibaba Cloud credentials.");
      expect(error).toContain("Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET");
      expect(error).toContain("pulumi config set --secret alicloud-users:accessKey");
    });

    step("names the endpoint's settings where nothing answers", async () => {
      const error = onlyError(await upWith({ ALICLOUD_USERS_ENDPOINT: await closedAddress() }));
      expect(error).toContain("RAM could not be reached (ECONNREFUSED)");
      expect(error).toContain("ALICLOUD_USERS_ENDPOINT");
    });

    step("tells a wrong key id from a wrong secret", async () => {
      const id = onlyError(await upWith({ ALIBABA_CLOUD_ACCESS_KEY_ID: "nobody" }));
      expect(id).toContain("InvalidAccessKeyId.NotFound");
      expect(id).toContain("Check the access key id");
      const secret = onlyError(await upWith({ ALIBABA_CLOUD_ACCESS_KEY_SECRET: "guessed" }));
      expect(secret).toContain("SignatureDoesNotMatch");
      expect(secret).toContain("Check the access key secret");
    });

    step("names the action that the caller may not call", async () => {
      await stack.writeProgram(programOf(["RamUser", "alice", { ...alice, displayName: "Alice L." }]));
      await fault({ product: "Ram", action: "UpdateUser", kind: "error", status: 403, code: "NoPermission" });
      const error = onlyError(await upWith({}));
      expect(error).toContain("RAM refused UpdateUser (NoPermission");
      expect(error).toContain("Grant the caller's RAM policy this action.");
    });

    step("finishes nevertheless when it is only throttled", async () => {
      await fault({ product: "Ram", kind: "throttle", times: 3 });
      expect(tally(succeeded(await stack.up()))).toEqual(["~ 1 updated", "1 unchanged"]);
      expect(await account.ramUsers()).toMatchObject([{ displayName: "Alice L." }]);
    });
  },
  [plugin],
);

scenario(
  "users of all three products whose calls go wrong half way",
  (step, frontend) => {
    let account: Account;
    let stack: Stack;
    const declare = (locked: boolean) =>
      stack.writeProgram(
        programOf(
          ["RamUser", "alice", alice],
          ["BastionhostUser", "bob", locked ? { ...bob, locked } : bob],
          ["EiamUser", "carol", locked ? { ...carol, status: "disabled" } : carol],
        ),
      );

    beforeAll(async () => {
      account = await openAccount();
      stack = await frontend.createStack({ env: account.env });
    });
    afterAll(async () => {
      await stack.remove();
      await account.close();
    });

    step("are made once each although the answers of the creates are lost", async () => {
      await declare(false);
      await account.emulator.control.fault({ action: "CreateUser", kind: "drop", times: 3 });
      expect(tally(succeeded(await stack.up()))).toEqual(["+ 4 created"]);
      const { byAction } = await account.emulator.control.calls();
      expect(byAction).toMatchObject({
        "Ram.CreateUser": 1,
        "Bastionhost.CreateUser": 1,
        "Eiam.CreateUser": 2,
      });
      expect(await account.ramUsers()).toHaveLength(1);
      expect(await account.bastionhostUsers()).toHaveLength(1);
      expect(await account.eiamUsers()).toHaveLength(1);
      succeeded(await stack.preview(["--expect-no-changes"]));
      succeeded(await stack.destroy());
    });

    step("are recorded when what follows the create is refused, and the next up finishes them", async () => {
      await declare(true);
      const denied = { kind: "error", status: 403, code: "NoPermission" } as const;
      await account.emulator.control.fault({ ...denied, action: "LockUsers" });
      await account.emulator.control.fault({ ...denied, action: "DisableUser" });
      // Otherwise the engine may stop before it has begun with the others.
      const { stdout } = failed(await stack.up(["--continue-on-error"]));
      expect(stdout).toContain("Bastionhost refused LockUsers (NoPermission");
      expect(stdout).toContain("EIAM refused DisableUser (NoPermission");
      const bobs = (await account.bastionhostUsers())[0]!.userId;
      const carols = (await account.eiamUsers())[0]!.userId;
      const ids = (await stack.state()).deployment.resources!.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining([`${bastionHost}:${bobs}`, `${idaas}:${carols}`]));
      expect(tally(succeeded(await stack.up()))).toEqual(["~ 2 updated", "2 unchanged"]);
      expect(await account.bastionhostUsers()).toMatchObject([{ userId: bobs, userState: ["Frozen"] }]);
      expect(await account.eiamUsers()).toMatchObject([{ userId: carols, status: "disabled" }]);
    });

    step("stay in the state when their bastion host has expired", async () => {
      const snapshot = await account.emulator.control.snapshot();
      snapshot.bastionhost.instances[0]!.released = true;
      await account.emulator.control.restore(snapshot);
      const before = await resourcesOf(stack, frontend.refreshes);
      const error = onlyError(await stack.up());
      expect(error).toMatch(/^Bastionhost refused \w+ \(Commodity\.BizError\.InvalidStatus/);
      expect(error).toContain("No user was dropped from the state.");
      expect(await resourcesOf(stack, frontend.refreshes)).toEqual(before);
      expect(onlyError(await stack.refresh())).toContain("Commodity.BizError.InvalidStatus");
      const properties = ({ urn, id, inputs, outputs }: ResourceState) => ({ urn, id, inputs, outputs });
      expect((await resourcesOf(stack, frontend.refreshes)).map(properties)).toEqual(before.map(properties));
    });
  },
  [dynamic],
);

/** An address on loopback where nothing listens any more. */
async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}
