import { needsGet } from "../provider/core/directorySchema";
import { fieldsOf } from "../provider/core/findRequest";
import { nameAttributeOf, scopeOf } from "../provider/core/identity";
import { perRun } from "./perRun";
import type { DeclaredUser } from "./registration";

/** The users that the provider may read before the engine asks for them. */
const most = 16;

const namesOfRun = perRun(() => new Map<string, string[]>());

/**
 * The unique names of up to 16 users that the program declares after this one in the same directory and that take a Get
 * each, known once the program has run to its end. Nothing for a user that takes none, and none that is an output or
 * kept secret.
 */
export function namesAhead({ resource, args, opts }: DeclaredUser): Promise<string[]> | undefined {
  const nameAttribute = nameAttributeOf(resource);
  const name = args[nameAttribute];
  const place = [...Object.values(scopeOf(resource, args)), args.regionId ?? ""];
  const isPlain = [name, ...place].every((value) => typeof value === "string");
  const isSecret = opts.additionalSecretOutputs?.includes(nameAttribute);
  if (!isPlain || isSecret || !needsGet(resource, fieldsOf(resource, args))) return undefined;
  const directory = [resource.type, ...place].join(" ");
  const names = namesOfRun().get(directory) ?? [];
  namesOfRun().set(directory, names);
  const end = names.push(name as string);
  return new Promise((resolve) => setImmediate(() => resolve(names.slice(end, end + most))));
}
