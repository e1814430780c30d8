import { createHash } from "node:crypto";
import RPCClient from "@alicloud/pop-core";
import type { BastionhostUser, EiamUser, Emulator, ProductName, RamUser, Snapshot } from "../../emulator";
import { type Account, connect } from "../../provider/api/connect";
import { readSettings } from "../../provider/api/settings";
import { services } from "../../provider/resources/services";
import type { Wire } from "../../provider/core/wire";
import { startStrictEmulator } from "../support/startStrictEmulator";

const versions = { Ram: "2015-05-01", Bastionhost: "2019-12-09", Eiam: "2021-12-01" };

/** The instances that a fresh emulator has. */
export const instanceIds = { Bastionhost: "bastionhost-cn-demo0001", Eiam: "idaas_demo0001" };

/** The organizational units that a fresh emulator has. */
export const units = { root: "ou_root_demo0001", sales: "ou_sales_demo0001", support: "ou_support_demo0001" };

/** A user of any product as a snapshot of the emulator holds it. */
export type StoredUser = RamUser & BastionhostUser & EiamUser;

/** An emulated account: what a process of the provider sees of it, and what others do to it. */
export interface EmulatedAccount {
  readonly emulator: Emulator;
  /** The connection of a new process, which has read nothing yet. */
  connection(environment?: Record<string, string>): Account;
  /** Another client of the account, with parameters as the API's pages spell them. */
  outside(product: ProductName, action: string, params: Wire): Promise<Wire>;
  /** Every user of the account, of all products. */
  users(product: ProductName): Promise<StoredUser[]>;
  /** Changes every stored user of a product behind the back of the API. */
  alter(product: ProductName, changes: Partial<StoredUser>): Promise<void>;
  /** Takes every stored user of a product away. */
  remove(product: ProductName): Promise<void>;
  /** The actions received since they were last forgotten. */
  actions(): Promise<string[]>;
  /** The same without Gets and Lists. */
  writes(): Promise<string[]>;
}

/** Starts an emulator before the tests of a file, empties it before each, and stops it afterwards. */
export function useAccount(): EmulatedAccount {
  let running: Emulator | undefined;
  beforeAll(async () => void (running = await startStrictEmulator()));
  beforeEach(() => running?.control.reset());
  afterAll(() => running?.close());
  return accountOn(() => running as Emulator);
}

function accountOn(emulator: () => Emulator): EmulatedAccount {
  const actions = async () => (await emulator().control.calls()).calls.map(({ action }) => action);
  return {
    get emulator() {
      return emulator();
    },
    connection: (environment = {}) => connect(settingsFor(emulator().url, environment)),
    outside: (product, action, params) =>
      new RPCClient({
        accessKeyId: "testid",
        accessKeySecret: "testsecret",
        endpoint: emulator().url,
        apiVersion: versions[product],
        opts: { method: "POST" },
      }).request<Wire>(action, params),
    users: async (product) => usersIn(await emulator().control.snapshot(), product),
    async alter(product, changes) {
      const snapshot = await emulator().control.snapshot();
      usersIn(snapshot, product).forEach((user) => Object.assign(user, changes));
      await emulator().control.restore(snapshot);
    },
    async remove(product) {
      const snapshot = await emulator().control.snapshot();
      placesIn(snapshot, product).forEach((place) => (place.users = []));
      await emulator().control.restore(snapshot);
    },
    actions,
    writes: async () => (await actions()).filter((action) => !/^(Get|List)/.test(action)),
  };
}

function usersIn(snapshot: Snapshot, product: ProductName): StoredUser[] {
  return placesIn(snapshot, product).flatMap(({ users }) => users);
}

/** The account or the instances that hold a product's users. */
function placesIn({ ram, bastionhost, eiam }: Snapshot, product: ProductName): { users: StoredUser[] }[] {
  const places: Record<ProductName, { users: object[] }[]> = {
    Ram: [ram],
    Bastionhost: bastionhost.instances,
    Eiam: eiam.instances,
  };
  return places[product] as { users: StoredUser[] }[];
}

/** The settings of a process that is pointed at this emulator, and does not hold itself back. */
export function settingsFor(url: string, environment: Record<string, string> = {}) {
  const usual = {
    ALICLOUD_USERS_ENDPOINT: url,
    ALIBABA_CLOUD_ACCESS_KEY_ID: "testid",
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret",
    ALICLOUD_USERS_CALLS_PER_SECOND: "1000000",
  };
  return readSettings({ config: () => undefined, environment: { ...usual, ...environment } }, services);
}

/** What the emulator keeps in a password's place. */
export function digest(password: string): string {
  return createHash("sha256").update(password).digest("hex");
}
