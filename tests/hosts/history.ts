import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import type { FaultSpec } from "../../emulator";
import type { Account } from "../e2e/account";
import type { Engine } from "./historyEngine";
import type { Kind, Meddling, Stored, Values } from "./historyKind";

/** What others do to the user before an `up`. */
type Others =
  | { do: "meddle"; how: Meddling }
  | { do: "rename" }
  | { do: "delete" }
  /** Deletes the user and makes another under its name. */
  | { do: "make anew" }
  /** Renames the user and makes another under its name. */
  | { do: "usurp" };

/** What happens until the next `up`, which must go through in the end. */
interface Round {
  others: Others[];
  refresh: boolean;
  /** The edit of the program. */
  change: Values;
  /** What goes wrong during the `up`. */
  fault: FaultSpec | undefined;
  /** Where another user has the name: whether the program takes it over, or others delete it. */
  strangers: "adopt" | "delete";
}

/** The life of one user from its first `up` to its end. */
export interface History {
  start: Values;
  rounds: Round[];
  end: "delete" | "lock" | "retain";
}

/** Histories of users of this kind. */
export function histories(kind: Kind, maxRounds: number): fc.Arbitrary<History> {
  const act = (name: "rename" | "delete" | "make anew" | "usurp", weight: number) => ({
    weight,
    arbitrary: fc.constant<Others>({ do: name }),
  });
  const meddle = kind.meddling.map((how): Others => ({ do: "meddle", how }));
  const [rename, usurp] = kind.rename ? [2, 1] : [0, 0];
  const others = [{ weight: 14, arbitrary: meddle }, act("rename", rename), act("usurp", usurp)];
  const round = fc.record<Round>({
    others: fc.array(fc.oneof(...others, act("delete", 1), act("make anew", 1)), { maxLength: 2 }),
    refresh: fc.boolean(),
    change: fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 5, arbitrary: kind.edit }),
    fault: fc.option(faults(kind), { freq: 4, nil: undefined }),
    strangers: fc.constantFrom("adopt", "delete"),
  });
  return fc.record<History>({
    start: fc.oneof(fc.constant({}), kind.edit),
    rounds: fc.array(round, { minLength: 1, maxLength: maxRounds }),
    end: fc.constantFrom("delete", "lock", "retain"),
  });
}

function faults({ product, actions }: Kind): fc.Arbitrary<FaultSpec> {
  const kinds = fc.constantFrom<Omit<FaultSpec, "product" | "action">>(
    { kind: "throttle", times: 2 },
    { kind: "drop" },
    { kind: "error", status: 403, code: "NoPermission" },
    { kind: "error", status: 503, code: "ServiceUnavailable" },
  );
  return fc
    .tuple(kinds, fc.constantFrom("*", ...actions))
    .map(([kind, action]) => ({ ...kind, product, action }));
}

/** Lives through a history; throws as soon as the account, the state or a preview is not as promised. */
export async function live(kind: Kind, account: Account, engine: Engine, history: History): Promise<void> {
  const life = await begin(kind, account, engine);
  await life.up({ ...history.start }, undefined, "adopt");
  for (const { others, refresh, change, fault, strangers } of history.rounds) {
    for (const each of others) await life.suffer(each);
    if (refresh) await life.refresh();
    await life.up(change, fault, strangers);
  }
  await life.end(history.end);
}

/** The words of every failure that a person may see. */
const sentence =
  /refused|could not be reached|already has a user named|cannot be adopted|was deleted in the account/;
const taken = /already has a user named|cannot be adopted|EntityAlreadyExists|ResourceDuplicated/;

async function begin(kind: Kind, account: Account, engine: Engine) {
  const { control } = account.emulator;
  const users = () => kind.users(account);
  // Its name begins with the user's, as a search by prefix would like it.
  await kind.make(account, `${String(kind.base[kind.unique])}-other`);
  const bystanders = await users();
  /** What the program declares, as the last `up` that went through has it. */
  let program: Values = kind.base;
  let userId: string | undefined;
  /** Since then the state knows the account better than the program does. */
  let isRefreshed = false;

  const own = async () => (await users()).find((user) => user.userId === userId);
  const strangerNamed = async (name: unknown) =>
    (await users()).find((user) => user[kind.unique] === name && user.userId !== userId);

  async function suffer(others: Others): Promise<void> {
    const user = await own();
    if (!user) return;
    // Others may try what the API refuses; then nothing has happened.
    const attempt = ([action, params]: readonly [string, Values]) =>
      kind.call(account, user, action, params).catch(() => {});
    const name = String(user[kind.unique]);
    if (others.do === "meddle" && "stored" in others.how)
      await store(account, user.userId, others.how.stored);
    if (others.do === "meddle" && "call" in others.how) await attempt(others.how.call);
    if ((others.do === "rename" || others.do === "usurp") && kind.rename)
      await attempt(kind.rename("renamed"));
    if (others.do === "delete" || others.do === "make anew") await erase(user);
    if (others.do === "make anew" || others.do === "usurp") await kind.make(account, name).catch(() => {});
  }

  async function erase({ userId: erased }: Stored): Promise<void> {
    const snapshot = await control.snapshot();
    const places = [snapshot.ram, ...snapshot.bastionhost.instances, ...snapshot.eiam.instances];
    for (const place of places as { users: { userId: string }[] }[])
      place.users = place.users.filter((user) => user.userId !== erased || isBystander(user));
    await control.restore(snapshot);
  }

  const isBystander = (user: { userId: string }) => bystanders.some((each) => isDeepStrictEqual(each, user));

  /** Runs `up` as a person does: again after what passes; with `adopt`, or without the stranger, where the name is taken. */
  async function upUntilDone(wanted: Values, fault: FaultSpec | undefined, strangers: Round["strangers"]) {
    if (fault) await control.fault(fault);
    let [declared, reason] = [wanted, ""];
    for (let attempt = 1; attempt <= 5; attempt++) {
      const outcome = await engine.up(declared);
      await control.clearFaults();
      if (outcome === undefined || "refused" in outcome) return { declared, refused: outcome?.refused };
      reason = outcome.failed;
      expect(reason).toMatch(sentence);
      const stranger = taken.test(reason) ? await strangerNamed(declared[kind.unique]) : undefined;
      if (!stranger) continue;
      if (/adopt: true/.test(reason) && strangers === "adopt") declared = { ...declared, adopt: true };
      else await erase(stranger);
    }
    throw new Error(`No up went through although nothing stood in its way any more: ${reason}`);
  }

  async function up(
    change: Values,
    fault: FaultSpec | undefined,
    strangers: Round["strangers"],
  ): Promise<void> {
    const wanted = defined({ ...program, ...change });
    const [user, stranger, held] = [await own(), await strangerNamed(wanted[kind.unique]), await engine.id()];
    const reasons = [
      ...kind.contradictions(wanted),
      ...(held === undefined ? [] : impossible(kind, wanted, program)),
    ];
    const { declared, refused } = await upUntilDone(wanted, fault, strangers);
    if (refused) {
      expect(refused.filter((reason) => !reasons.some((name) => reason.includes(`"${name}"`)))).toEqual([]);
      expect(await own()).toEqual(user);
      return;
    }
    expect(isRefreshed ? kind.contradictions(wanted) : reasons).toEqual([]);

    const before = held === undefined || !user ? undefined : kind.view(user);
    const stays = before !== undefined && !isAnother(kind, wanted, program, before);
    const id = bareId(await engine.id());
    expect({ stays: id === userId, before }).toEqual({ stays, before });
    const made = id === stranger?.userId ? kind.view(stranger) : kind.blank(declared, id);
    const after = kind.after(stays ? before : made, declared, stays ? program : {});
    userId = id;
    const now = await own();
    expect(now && kind.view(now)).toEqual(after);
    program = declared;
    isRefreshed = false;
    expect(await engine.preview(program)).toEqual([]);
    expect(await others()).toEqual(bystanders);
  }

  const others = async () => (await users()).filter((user) => user.userId !== userId);

  async function refresh(): Promise<void> {
    await engine.refresh();
    isRefreshed = true;
  }

  async function end(onDelete: History["end"]): Promise<void> {
    const isPossible = onDelete !== "lock" || kind.locked !== undefined;
    if (isPossible) await up({ onDelete }, undefined, "adopt");
    const user = await own();
    const isStuck = user && program.onDelete !== "retain" && kind.obstacle?.(user);
    const reason = await engine.destroy();
    if (isStuck) {
      expect(reason).toMatch(/DeleteConflict\.User\.\w+.*forceDestroy: true/);
      await up({ forceDestroy: true }, undefined, "adopt");
      expect(await engine.destroy()).toBeUndefined();
    } else expect(reason).toBeUndefined();
    expect(await engine.id()).toBeUndefined();
    const left = await own();
    if (!user || (program.onDelete ?? "delete") === "delete") expect(left).toBeUndefined();
    else
      expect(left && kind.view(left)).toEqual({
        ...kind.view(user),
        ...(program.onDelete === "lock" ? kind.locked : {}),
      });
    expect(await others()).toEqual(bystanders);
  }

  async function store({ emulator }: Account, stored: string, changes: Values): Promise<void> {
    const snapshot = await emulator.control.snapshot();
    const places = [snapshot.ram, ...snapshot.bastionhost.instances, ...snapshot.eiam.instances];
    const all = (places as { users: { userId: string }[] }[]).flatMap((place) => place.users);
    const user = all.find((each) => each.userId === stored);
    if (user) Object.assign(user, changes);
    await emulator.control.restore(snapshot);
  }

  return { suffer, refresh, up, end };
}

/** Attributes whose change a user that exists does not go along with. */
function impossible(kind: Kind, wanted: Values, program: Values): string[] {
  if (kind.identifying.some((name) => !isDeepStrictEqual(wanted[name], program[name]))) return [];
  const removed = kind.sticky.filter((name) => program[name] !== undefined && wanted[name] === undefined);
  const changed = kind.fixed.filter(
    (name) => wanted[name] !== undefined && !isDeepStrictEqual(wanted[name], program[name]),
  );
  return [...removed, ...changed];
}

/** Whether what is declared makes another user of the one that there is. */
function isAnother(kind: Kind, wanted: Values, program: Values, view: Values): boolean {
  return kind.identifying.some((name) =>
    wanted[name] === undefined ? program[name] !== undefined : !isDeepStrictEqual(wanted[name], view[name]),
  );
}

function defined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function bareId(id: string | undefined): string {
  return String(id?.split(":").at(-1));
}
