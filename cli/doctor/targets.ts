import path from "node:path";
import { readSettings, type Settings } from "../../provider/api/settings";
import { withOwnNames } from "../../provider/api/auth/sources";
import { scopeOf } from "../../provider/core/identity";
import type { Resource } from "../../provider/core/resource";
import { resources } from "../../provider/resources";
import { serviceOf, services } from "../../provider/resources/services";
import { configOf } from "../drift/accountOfUser";
import { readStack } from "../drift/stackStates";
import { nameOf, type Target } from "./checkDirectory";

/** Which directories are looked at: a stack's, and those named under a service's key, by instance where it has such. */
export interface Choice {
  [service: string]: unknown;
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
  const named = resources.flatMap((resource) => {
    const chosen = choice[keyOf(resource)] as true | string[] | undefined;
    const scopes =
      chosen === true ? [{}] : (chosen ?? []).map((id) => ({ [resource.identity[0] as string]: id }));
    return scopes.map((scope): Target => ({ resource, scope, region: undefined }));
  });
  if (choice.stack === undefined && choice.cwd === undefined) {
    const settings = readSettings({ config: () => undefined, environment: process.env }, services);
    return [{ settings, targets: named }];
  }
  return ofStack(choice, named);
}

/** The word for a kind of user in the options of the command. */
export function keyOf({ service }: Resource): string {
  return serviceOf(service).endpointKey;
}

/** The services that were chosen; all where none was. */
export function servicesOf(choice: Choice): string[] {
  const chosen = resources.filter((resource) => choice[keyOf(resource)]);
  return (chosen.length > 0 ? chosen : resources).map(({ service }) => service);
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
      const found = { resource, scope: scopeOf(resource, user.id), region };
      const name = `${nameOf(found)} ${region}`;
      if (!names.has(name)) targets.push(found);
      names.add(name);
    }
  const own = accountOf(withOwnNames(source.config));
  own.targets.push(...named);
  return [...accounts.values()].map(({ settings, targets }) => ({ settings, targets }));
}
