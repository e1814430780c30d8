import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import type { FaultSpec, Snapshot } from "../../emulator";
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
  /** How the user leaves the program in the end; absent where it does not. */
  end?: "delete" | "lock" | "retain";
}

/** Histories of users of this kind, with so many rounds, to the end of a user's life unless told. */
export function histories(
  kind: Kind,
  rounds: fc.ArrayConstraints,
  ends: readonly History["end"][] = ["delete", "lock", "retain"],
): fc.Arbitrary<History> {
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
    rounds: fc.array(round, rounds),
    end: fc.constantFrom(...ends),
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
  await life.up(history.start);
  for (const { others, refresh, change, fault, strangers } of history.rounds) {
    for (const each of others) await life.suffer(each);
    if (refresh) await life.refresh();
    await life.up(change, fault, strangers);
  }
  if (history.end) await life.end(history.end);
}

/** The words of every failure that a person may see. */
const sentence =
  /refused|could not be reached|already has a user named|cannot be adopted|was deleted in the account/;
const nameTaken = /already has a user named|cannot be adopted|EntityAlreadyExists|ResourceDuplicated/;

async function begin(kind: Kind, account: Account, engine: Engine) {
  const { control } = account.emulator;
  const users = () => kind.users(account);
  // Its name begins with the user's, as a search by prefix would like it.
  await kind.make(account, `${String(kind.base[kind.unique])}-other`);
  /** Users who are none of ours, and must stay as they are. */
  let others = await users();
  /** What the program declares, as the last `up` that went through has it. */
  let program: Values = kind.base;
  let userId: string | undefined;
  /** Since then the state has come to know the account better than the program does. */
  let isRefreshed = engine.refreshes === true;

  const isOwn = (user: Stored) => user.userId === userId;
  const own = async () => (await users()).find(isOwn);
  const otherNamed = (name: unknown) => others.find((user) => user[kind.unique] === name);

  async function suffer(deed: Others): Promise<void> {
    const user = await own();
    if (!user) return;
    // Others may try what the API refuses; then nothing has happened.
    const attempt = ([action, params]: readonly [string, Values]) =>
      kind.call(account, user, action, params).catch(() => {});
    if (deed.do === "meddle" && "stored" in deed.how) await alter(account, user, deed.how.stored);
    if (deed.do === "meddle" && "call" in deed.how) await attempt(deed.how.call);
    if ((deed.do === "rename" || deed.do === "usurp") && kind.rename) await attempt(kind.rename("renamed"));
    if (deed.do === "delete" || deed.do === "make anew") await erase(user);
    if (deed.do !== "make anew" && deed.do !== "usurp") return;
    await kind.make(account, String(user[kind.unique])).catch(() => {});
    others = (await users()).filter((each) => !isOwn(each));
  }

  /** Takes a user away, whatever would keep the API from it. */
  async function erase({ userId: erased }: Stored): Promise<void> {
    const snapshot = await control.snapshot();
    for (const place of placesOf(snapshot))
      place.users = place.users.filter((user) => user.userId !== erased);
    await control.restore(snapshot);
    others = others.filter((user) => user.userId !== erased);
  }

  /** Runs `up` as a person does: again after what passes; with `adopt`, or without the other user, where the name is taken. */
  async function upUntilDone(wanted: Values, strangers: Round["strangers"]) {
    let [declared, reason] = [wanted, ""];
    for (let attempt = 1; attempt <= 5; attempt++) {
      const outcome = await engine.up(declared);
      if (outcome === undefined || "refused" in outcome) return { declared, refused: outcome?.refused };
      reason = outcome.failed;
      expect(reason).toMatch(sentence);
      const other = nameTaken.test(reason) ? otherNamed(declared[kind.unique]) : undefined;
      if (other && reason.includes("adopt: true") && strangers === "adopt")
        declared = { ...declared, adopt: true };
      else if (other) await erase(other);
    }
    throw new Error(`No up went through although nothing stood in its way any more: ${reason}`);
  }

  async function up(
    change: Values,
    fault?: FaultSpec,
    strangers: Round["strangers"] = "adopt",
  ): Promise<void> {
    const wanted = defined({ ...program, ...change });
    const [user, held] = [await own(), await engine.id()];
    const wrong = [...kind.contradictions(wanted), ...(held ? impossible(kind, wanted, program) : [])];
    if (fault) await control.fault(fault);
    const { declared, refused } = await upUntilDone(wanted, strangers);
    if (fault) await control.clearFaults();
    if (refused) {
      expect(refused.filter((reason) => !wrong.some((name) => reason.includes(`"${name}"`)))).toEqual([]);
      expect(await own()).toEqual(user);
    } else {
      // What a refresh found missing can be taken out of the program as well.
      expect(isRefreshed ? kind.contradictions(wanted) : wrong).toEqual([]);
      await settle(declared, held === undefined ? undefined : user);
    }
  }

  /** Compares the account with what is declared, after an `up` that went through. */
  async function settle(declared: Values, user: Stored | undefined): Promise<void> {
    const before = user && kind.view(user);
    const stays = before !== undefined && !isAnother(kind, declared, program, before);
    const id = String((await engine.id())?.split(":").at(-1));
    expect({ isTheSame: id === userId }).toEqual({ isTheSame: stays });
    const adopted = others.find((each) => each.userId === id);
    const made = adopted ? kind.view(adopted) : kind.blank(declared, id);
    const after = stays ? kind.after(before, declared, program) : kind.after(made, declared, {});
    others = others.filter((each) => each.userId !== id);
    [userId, program, isRefreshed] = [id, declared, engine.refreshes === true];
    await expectOwn(after);
    expect(await engine.preview(program)).toEqual([]);
  }

  async function refresh(): Promise<void> {
    await engine.refresh();
    isRefreshed = true;
  }

  async function end(onDelete: "delete" | "lock" | "retain"): Promise<void> {
    if (onDelete !== "lock" || kind.locked) await up({ onDelete });
    const user = await own();
    const fate = user ? (program.onDelete ?? "delete") : "gone";
    const reason = await engine.destroy();
    if (user && fate === "delete" && kind.obstacle?.(user)) {
      expect(reason).toMatch(/DeleteConflict\.User\.\w+.*forceDestroy: true/);
      await up({ forceDestroy: true });
      expect(await engine.destroy()).toBeUndefined();
    } else expect(reason).toBeUndefined();
    expect(await engine.id()).toBeUndefined();
    const kept = user && { ...kind.view(user), ...(fate === "lock" ? kind.locked : {}) };
    await expectOwn(fate === "lock" || fate === "retain" ? kept : undefined);
  }

  /** Holds when our user is so, and all others are as they were. */
  async function expectOwn(view: Values | undefined): Promise<void> {
    const now = await users();
    const user = now.find(isOwn);
    expect(user && kind.view(user)).toEqual(view);
    expect(now.filter((each) => !isOwn(each))).toEqual(others);
  }

  return { suffer, refresh, up, end };
}

type Places = { users: { userId: string }[] }[];

function placesOf({ ram, bastionhost, eiam }: Snapshot): Places {
  return [ram, ...bastionhost.instances, ...eiam.instances] as Places;
}

/** Changes what the emulator stores of a user. */
async function alter({ emulator }: Account, { userId }: Stored, changes: Values): Promise<void> {
  const snapshot = await emulator.control.snapshot();
  const stored = placesOf(snapshot).flatMap(({ users }) => users);
  Object.assign(stored.find((user) => user.userId === userId) ?? {}, changes);
  await emulator.control.restore(snapshot);
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
function isAnother(kind: Kind, declared: Values, program: Values, view: Values): boolean {
  return kind.identifying.some((name) =>
    declared[name] === undefined
      ? program[name] !== undefined
      : !isDeepStrictEqual(declared[name], view[name]),
  );
}

function defined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
