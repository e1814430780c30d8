import RPCClient from "@alicloud/pop-core";
import type { BastionhostUser, EiamUser, Emulator, RamUser, RecordedCall } from "../../emulator";
import { startStrictEmulator } from "./startStrictEmulator";
import { without } from "./without";

export const bastionHost = "bastionhost-cn-demo0001";
export const idaas = "idaas_demo0001";

type Params = Record<string, unknown>;
type AdminCall = (action: string, params: Params) => Promise<Record<string, unknown>>;

/** An emulated account, and the hand of an admin who changes it behind Pulumi's back. */
export interface Account {
  emulator: Emulator;
  /** What the CLI needs to reach the account. */
  env: Record<string, string>;
  /** Calls of another client, whose parameters are written by hand. */
  admin: { ram: AdminCall; bastionhost: AdminCall; eiam: AdminCall };
  ramUsers(): Promise<RamUser[]>;
  bastionhostUsers(): Promise<BastionhostUser[]>;
  eiamUsers(): Promise<EiamUser[]>;
  /** The calls since the last `forgetCalls` that could have changed something. */
  writes(): Promise<Write[]>;
  /** Takes all users out of it, and the faults that wait. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** A write as the emulator received it, the instance left out. */
export type Write = [action: string, params: Params];

/** Opens an account with no user in it. */
export async function openAccount(): Promise<Account> {
  const emulator = await startStrictEmulator();
  const { control } = emulator;
  return {
    emulator,
    env: {
      ALICLOUD_USERS_ENDPOINT: emulator.url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: "testid",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret",
    },
    admin: {
      ram: adminCall(emulator, "2015-05-01"),
      bastionhost: adminCall(emulator, "2019-12-09", { InstanceId: bastionHost }),
      eiam: adminCall(emulator, "2021-12-01", { InstanceId: idaas }),
    },
    ramUsers: async () => (await control.snapshot()).ram.users,
    bastionhostUsers: async () => (await control.snapshot()).bastionhost.instances[0]!.users,
    eiamUsers: async () => (await control.snapshot()).eiam.instances[0]!.users,
    writes: async () => (await control.calls()).calls.filter(isWrite).map(writeOf),
    async empty() {
      const { ram, bastionhost, eiam } = await control.snapshot();
      for (const directory of [ram, ...bastionhost.instances, ...eiam.instances]) directory.users = [];
      await control.restore({ ram, bastionhost, eiam });
      await control.clearFaults();
    },
    close: () => emulator.close(),
  };
}

function adminCall(emulator: Emulator, apiVersion: string, fixed: Params = {}): AdminCall {
  const key = { accessKeyId: "testid", accessKeySecret: "testsecret" };
  const client = new RPCClient({ endpoint: emulator.url, apiVersion, ...key });
  return (action, params) => client.request(action, { ...fixed, ...params }, { method: "POST" });
}

function isWrite({ action }: RecordedCall): boolean {
  return !/^(Get|List)/.test(action);
}

function writeOf({ action, params }: RecordedCall): Write {
  return [action, without(params, "InstanceId", "RegionId", "ClientToken")];
}
