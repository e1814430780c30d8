import { hideSecrets, withSecrets } from "../../provider/core/secrets";
import { isShown } from "../../provider/core/state";
import {
  type Comparison,
  directoryOf,
  type Finding,
  isReadable,
  type ReadOnlyDirectory,
  userNameOf,
} from "./account";
import { type AccountOfUser, createAccounts } from "./accountOfUser";
import { groupBy } from "./groupBy";
import { mapLimited } from "./mapLimited";
import type { Incomplete, ReportedAttribute, ReportedUser } from "./report";
import type { Source } from "./stackStates";
import type { StackUser } from "./stateUsers";

/** What was found about the users of some stacks. */
export interface Inspection {
  users: ReportedUser[];
  incomplete: Incomplete[];
  /** The directories in which users of no stack were looked for. */
  listed: string[];
  /** Calls that were sent. */
  reads: number;
}

/** One resource of one stack that holds a user, and what the account says of it. */
interface Claim {
  source: Source;
  user: StackUser;
  directory?: { reader: ReadOnlyDirectory; key: string };
  finding?: Finding;
  fault?: Error;
}

/** Reads at a time; the account's call rate is bounded besides. */
const atATime = 16;

/** Compares the users of these stacks with the account; with `unmanaged` also finds users that no stack declares. */
export async function inspectStacks(
  sources: readonly Source[],
  { unmanaged, notice }: { unmanaged: boolean; notice: (sentence: string) => void },
): Promise<Inspection> {
  const accounts = createAccounts(notice);
  const claims = sources.flatMap((source) =>
    source.state.users.map((user) => locate({ source, user }, accounts.of)),
  );
  const directories = groupBy(
    claims.filter(({ directory }) => directory !== undefined),
    ({ directory }) => directory?.key as string,
  );
  const lists = unmanaged ? await mapLimited([...directories.values()], atATime, listOf) : [];
  await inspectAll(claims, directories);
  const same = groupBy(claims, ({ user }) => keyOf(user));
  const users = [...same.values()].map(rowOf);
  const known = new Set([...same.keys(), ...users.map(({ kind, successorId }) => `${kind} ${successorId}`)]);
  const strangers = lists.flatMap((list) => list.users).filter((user) => !known.has(keyOf(user)));
  return {
    users: [...users, ...strangers],
    listed: lists.flatMap(({ directory, incomplete }) => (incomplete.length === 0 ? [directory] : [])),
    incomplete: [...lists.flatMap((list) => list.incomplete), ...incompleteOf(claims)],
    reads: accounts.reads(),
  };
}

const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind} ${id}`;

function locate(claim: Claim, accountOf: AccountOfUser): Claim {
  try {
    const { account, key } = accountOf(claim.source, claim.user);
    const reader = account.directory(claim.user);
    return { ...claim, directory: { reader, key: `${key} ${directoryOf(claim.user).key}` } };
  } catch (error) {
    return { ...claim, fault: error as Error };
  }
}

/** Fills in what the account says. The first fault of a directory ends its reading: the rest would fail alike. */
async function inspectAll(
  claims: readonly Claim[],
  directories: ReadonlyMap<string, readonly Claim[]>,
): Promise<void> {
  const faults = new Map<string, Error>();
  await mapLimited(claims, atATime, async (claim) => {
    if (!claim.directory) return;
    const { reader, key } = claim.directory;
    try {
      const fault = faults.get(key);
      if (fault) throw fault;
      const together = directories.get(key)?.length ?? 1;
      claim.finding = await withSecrets(secretsOf(claim.user), () => reader.inspect(claim.user, together));
    } catch (error) {
      claim.fault = error as Error;
      faults.set(key, claim.fault);
    }
  });
}

/** The values that are not shown of a user, in an error neither. */
function secretsOf({ secret, inputs, outputs }: StackUser): unknown[] {
  return secret.flatMap((name) => [inputs[name], outputs[name]]);
}

async function listOf([first]: readonly Claim[]): Promise<{
  directory: string;
  users: ReportedUser[];
  incomplete: Incomplete[];
}> {
  const { user, directory } = first as Claim;
  const place = { kind: user.kind, directory: directoryOf(user).name };
  try {
    const users = (await directory?.reader.list()) ?? [];
    return {
      directory: place.directory,
      users: users.map((live) => ({ ...place, ...live, status: "unmanaged" as const, attributes: [] })),
      incomplete: [],
    };
  } catch (error) {
    const { directory } = place;
    return { directory, users: [], incomplete: [{ directory, ...saidBy(error as Error) }] };
  }
}

function rowOf(claims: readonly Claim[]): ReportedUser {
  const [{ source, user, finding, fault }, ...others] = claims as [Claim, ...Claim[]];
  const encrypted = claims.flatMap((claim) => unseen(claim.user));
  const attributes = claims.flatMap((claim) => attributesOf(claim, others.length > 0));
  const row = {
    kind: user.kind,
    directory: directoryOf(user).name,
    id: user.id,
    name: withSecrets(secretsOf(user), () => hideSecrets(userNameOf(user))),
    stack: source.name,
    urn: user.urn,
    ...(others.length > 0 && {
      alsoClaimedBy: others.map((other) => ({ stack: other.source.name, urn: other.user.urn })),
    }),
    attributes,
    ...notComparedOf(user, finding),
  };
  if (fault) return { ...row, status: "unverifiable", message: fault.message };
  if (finding?.found === false)
    return finding.successorId === undefined
      ? { ...row, status: "gone" }
      : { ...row, status: "recreated", successorId: finding.successorId };
  if (encrypted.length > 0)
    return { ...row, status: "unverifiable", message: `Encrypted in the export: ${encrypted.join(", ")}.` };
  if (others.length > 0) return { ...row, status: "claimedTwice" };
  return { ...row, status: attributes.length > 0 ? "changed" : "inSync" };
}

function attributesOf({ source, user, finding }: Claim, several: boolean): ReportedAttribute[] {
  if (!finding?.found) return [];
  return finding.comparison.differences.map((difference) => {
    const { path, attribute, cause, fixable, why } = difference;
    const isSecret = difference.secret || user.secret.includes(attribute);
    const shown = (value: unknown): unknown => (isSecret && value !== undefined ? "[secret]" : value);
    return {
      path,
      declared: shown(difference.to),
      live: shown(difference.from),
      cause,
      fixable,
      ...(why === undefined ? {} : { why }),
      ...(several ? { stack: source.name } : {}),
    };
  });
}

/** Attributes that the API would tell and the export hides. */
function unseen({ kind, encrypted, ignored }: StackUser): string[] {
  return encrypted.filter((name) => isShown(name) && !ignored.includes(name) && isReadable(kind, name));
}

function notComparedOf(
  user: StackUser,
  finding: Finding | undefined,
): { notCompared?: Comparison["notCompared"] } {
  const told = finding?.found ? finding.comparison.notCompared : [];
  const hidden = user.encrypted.filter(isShown).map((path) => ({
    path,
    why: isReadable(user.kind, path) ? "encrypted in the export" : "the API never returns it",
  }));
  const notCompared = [...told, ...hidden];
  return notCompared.length > 0 ? { notCompared } : {};
}

/** One entry for all users of a stack that one fault, or an encrypted export, kept from being compared. */
function incompleteOf(claims: readonly Claim[]): Incomplete[] {
  const missing = claims.flatMap(({ source, user, fault }): Incomplete[] => {
    const hidden = unseen(user);
    const place = { stack: source.name, directory: directoryOf(user).name };
    if (fault) return [{ ...place, ...saidBy(fault) }];
    if (hidden.length === 0) return [];
    const advice = "Name the stack with --stack, or export it with --show-secrets.";
    return [{ ...place, message: `The export holds ${hidden.join(", ")} encrypted. ${advice}` }];
  });
  const groups = groupBy(missing, ({ stack, directory, code, message }) =>
    JSON.stringify([stack, directory, code ?? message]),
  );
  return [...groups.values()].map((group) => ({ ...(group[0] as Incomplete), users: group.length }));
}

function saidBy(error: Error): { code?: string; message: string } {
  const { code } = error as { code?: unknown };
  return { ...(typeof code === "string" ? { code } : {}), message: error.message };
}
