import path from "node:path";
import type { Settings } from "../../provider/api/settings";
import { readSettings } from "../../provider/api/settings";
import { withOwnNames } from "../../provider/api/auth/sources";
import { scopeOf } from "../../provider/core/identity";
import { resources } from "../../provider/resources";
import { services } from "../../provider/resources/services";
import { configOf } from "../drift/accountOfUser";
import { readStack } from "../drift/stackStates";
import type { Target } from "./checkDirectory";
import { nameOf } from "./checkDirectory";
import { directoryApis } from "./directoryApis";
import type { ProductName } from "./permissions";

/** Which directories are looked at. */
export interface Choice {
  ram?: boolean;
  bastionhost?: string[];
  eiam?: string[];
  stack?: string;
  cwd?: string;
}

/** An account, and its directories that were chosen. */
export interface AccountTargets {
  settings: Settings;
  targets: Target[];
}

/**
 * The accounts and directories that were chosen: by flags, as the environment signs in, or those of the users of a stack,
 * as the stack signs in. Throws a sentence for settings or a stack that cannot be read.
 */
export async function readTargets(choice: Choice): Promise<AccountTargets[]> {
  const named = [
    ...(choice.ram ? [target("Ram", {})] : []),
    ...(choice.bastionhost ?? []).map((InstanceId) => target("Bastionhost", { InstanceId })),
    ...(choice.eiam ?? []).map((InstanceId) => target("Eiam", { InstanceId })),
  ];
  if (choice.stack === undefined && choice.cwd === undefined) {
    const settings = readSettings({ config: () => undefined, environment: process.env }, services);
    return [{ settings, targets: named }];
  }
  return ofStack(choice, named);
}

/** The names of the products that were chosen; all where none was. */
export function productsOf({ ram, bastionhost, eiam }: Choice): ProductName[] {
  const names: ProductName[] = [
    ...(ram ? (["Ram"] as const) : []),
    ...(bastionhost ? (["Bastionhost"] as const) : []),
    ...(eiam ? (["Eiam"] as const) : []),
  ];
  return names.length > 0 ? names : ["Ram", "Bastionhost", "Eiam"];
}

function target(product: ProductName, scope: Target["scope"], region?: string): Target {
  return { api: directoryApis[product], scope, region };
}

async function ofStack({ stack, cwd }: Choice, named: readonly Target[]): Promise<AccountTargets[]> {
  const source = await readStack(stack, path.resolve(cwd ?? "."));
  if ("message" in source) throw new Error(`${source.name} could not be read: ${source.message}`);
  const accounts = new Map<string, AccountTargets & { names: Set<string> }>();
  const accountOf = (config: (key: string) => string | undefined) => {
    const settings = readSettings({ config, environment: process.env }, services);
    const key = JSON.stringify(settings);
    const account = accounts.get(key) ?? { settings, targets: [], names: new Set<string>() };
    accounts.set(key, account);
    return account;
  };
  const usersOf = ({ type }: { type: string }) => source.state.users.filter(({ kind }) => kind === type);
  for (const resource of resources)
    for (const user of usersOf(resource)) {
      const { targets, names } = accountOf(configOf(source, user));
      const region = user.inputs.regionId as string | undefined;
      const found = target(resource.service as ProductName, scopeOf(resource, user.id), region);
      const name = `${nameOf(found)} ${region}`;
      if (!names.has(name)) targets.push(found);
      names.add(name);
    }
  const own = accountOf(withOwnNames(source.config));
  own.targets.push(...named);
  return [...accounts.values()].map(({ settings, targets }) => ({ settings, targets }));
}
