import { z } from "zod";
import { driftedKey, unpack, unpackHidden } from "../../provider/core/state";
import { propertyPaths } from "../../provider/lifecycle/propertyPaths";
import { kinds, type StoredUser } from "./account";

type Values = Record<string, unknown>;

/** A user that a stack declares, with what must not be shown of it. */
export interface StackUser extends StoredUser {
  urn: string;
  /** Attributes whose values are secret. */
  secret: readonly string[];
  /** Attributes whose values the export holds encrypted. */
  encrypted: readonly string[];
  /** Whether the program has Pulumi forget the user in place of deleting it. */
  retained: boolean;
  /** The reference of the resource's provider, by which the state's providers are found. */
  provider: string | undefined;
}

/** What a state holds: its stack by the name in its URNs, its users, and the inputs of its providers by reference. */
export interface StackState {
  stack: string | undefined;
  project: string | undefined;
  users: StackUser[];
  /** Users whose deletes an earlier run left pending; the next `up` does them. */
  pending: StackUser[];
  providers: ReadonlyMap<string, PlainValues>;
}

/** Values without the wrapping of secrets, and the names of those that had one. */
export interface PlainValues {
  values: Values;
  secret: string[];
  encrypted: string[];
}

const resourceSchema = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
  provider: z.string().optional(),
  external: z.boolean().optional(),
  delete: z.boolean().optional(),
  retainOnDelete: z.boolean().optional(),
  ignoreChanges: z.array(z.string()).optional(),
  additionalSecretOutputs: z.array(z.string()).optional(),
});

const exportSchema = z.looseObject({
  version: z.number(),
  deployment: z.looseObject({ resources: z.array(resourceSchema).nullish() }),
});

type ResourceEntry = z.infer<typeof resourceSchema>;

/** Reads what `pulumi stack export` prints. Throws a sentence when the text is something else. */
export function readState(text: string): StackState {
  const resources = parse(text).deployment.resources ?? [];
  const [stack, project] = resources[0]?.urn.replace(/^urn:pulumi:/, "").split("::") ?? [];
  const providers = resources
    .filter(({ type }) => type === "pulumi:providers:alicloud-users")
    .map((entry) => [`${entry.urn}::${entry.id}`, plain(entry.inputs ?? {})] as const);
  const isPending = (entry: ResourceEntry): boolean => entry.delete === true;
  return {
    stack,
    project,
    users: resources.filter((entry) => !isPending(entry)).flatMap(userOf),
    pending: resources.filter(isPending).flatMap(userOf),
    providers: new Map(providers),
  };
}

function parse(text: string): z.infer<typeof exportSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error("It is not JSON. Give what `pulumi stack export` prints.");
  }
  const result = exportSchema.safeParse(json);
  if (!result.success) throw new Error("It is not a state. Give what `pulumi stack export` prints.");
  return result.data;
}

/** The user of an entry; none for other resources, and for users that are only looked up. */
function userOf(entry: ResourceEntry): StackUser[] {
  const kind = kindOfType(entry.type);
  if (kind === undefined || !entry.id) return [];
  if (entry.external === true) return [];
  const inputs = plain(entry.inputs ?? {});
  const outputs = plain(entry.outputs ?? {});
  const { secret: hidden = [], ignored: passed = [] } = unpackHidden(inputs.values);
  const { drifted } = unpack(entry.id, outputs.values);
  const secretDrifted = outputs.secret.includes(driftedKey) ? Object.keys(drifted) : [];
  const ignored = entry.ignoreChanges ?? passed;
  return [
    {
      urn: entry.urn,
      kind,
      id: entry.id,
      inputs: inputs.values,
      outputs: outputs.values,
      ignored: propertyPaths(ignored),
      secret: [
        ...inputs.secret,
        ...outputs.secret,
        ...(entry.additionalSecretOutputs ?? []),
        ...hidden,
        ...secretDrifted,
      ],
      encrypted: [...new Set([...inputs.encrypted, ...outputs.encrypted])],
      retained: entry.retainOnDelete === true,
      provider: entry.provider,
    },
  ];
}

/** The kind of user that a type in a state stands for, through either frontend; none for other types. */
export function kindOfType(type: string): string | undefined {
  const kind = /^(?:pulumi-nodejs:dynamic\/alicloud-users|alicloud-users:index):(\w+)$/.exec(type)?.[1];
  return kind !== undefined && kinds.includes(kind) ? kind : undefined;
}

const secretMark = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Takes the wrapping off secrets; what is encrypted is left out. */
function plain(entries: Values): PlainValues {
  const read: PlainValues = { values: {}, secret: [], encrypted: [] };
  for (const [name, value] of Object.entries(entries)) {
    const found = { secret: false, encrypted: false };
    const opened = open(value, found);
    if (found.secret) read.secret.push(name);
    if (found.encrypted) read.encrypted.push(name);
    else read.values[name] = opened;
  }
  return read;
}

function open(value: unknown, found: { secret: boolean; encrypted: boolean }): unknown {
  if (Array.isArray(value)) return value.map((element) => open(element, found));
  if (value === null || typeof value !== "object") return value;
  const entries = value as Values;
  if (entries[secretMark] !== secretSignature)
    return Object.fromEntries(Object.entries(entries).map(([name, inner]) => [name, open(inner, found)]));
  found.secret = true;
  if (typeof entries.plaintext === "string") return open(JSON.parse(entries.plaintext), found);
  found.encrypted = true;
  return undefined;
}
