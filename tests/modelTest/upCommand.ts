import { isDeepStrictEqual } from "node:util";
import type * as fc from "fast-check";
import type { Model, Real } from "./model";
import { eraseUser, expectUsers, ownUser } from "./storedUsers";
import type { StoredUser, UserModel, Values } from "./userModel";

/** What a failed `up` may say. */
const expectedFailure =
  /refused|could not be reached|already has a user named|was recreated as|cannot be adopted|was deleted in the account/;
const nameTaken =
  /already has a user named|was recreated as|cannot be adopted|EntityAlreadyExists|ResourceDuplicated/;

/**
 * Changes the program and runs `up` as a person does: again after an error that passes, and where another user has the
 * name, with `adopt` or after that user was deleted. Expects the account to be as declared and the next preview empty.
 */
export class UpCommand implements fc.AsyncCommand<Model, Real> {
  constructor(
    private readonly change: Values,
    private readonly onNameTaken: "adopt" | "delete" = "adopt",
  ) {}

  check = (): boolean => true;

  toString = (): string => `up(${JSON.stringify(this.change)}, ${this.onNameTaken})`;

  async run(model: Model, real: Real): Promise<void> {
    const { user, account, engine } = real;
    const wanted = defined({ ...model.program, ...this.change });
    const found = await ownUser(model, real);
    const id = await engine.id();
    const invalid = user.invalidAttributes(wanted);
    const wrong = [...invalid, ...(id === undefined ? [] : impossible(user, wanted, model.program))];
    if (model.fault) await account.emulator.control.fault(model.fault);
    const { declared, refused } = await this.upUntilDone(model, real, wanted);
    if (model.fault) await account.emulator.control.clearFaults();
    model.fault = undefined;
    if (refused) {
      expect(refused.filter((reason) => !wrong.some((name) => reason.includes(`"${name}"`)))).toEqual([]);
      expect(await ownUser(model, real)).toEqual(found);
    } else {
      // What a refresh found missing can be removed from the program as well.
      expect(model.isRefreshed ? invalid : wrong).toEqual([]);
      await expectDeclared(model, real, declared, id === undefined ? undefined : found);
    }
  }

  private async upUntilDone(model: Model, real: Real, wanted: Values) {
    const { user, engine } = real;
    let declared = wanted;
    let reason = "";
    for (let attempt = 1; attempt <= 5; attempt++) {
      const outcome = await engine.up(declared);
      if (outcome === undefined || "refused" in outcome) return { declared, refused: outcome?.refused };
      reason = outcome.failed;
      expect(reason).toMatch(expectedFailure);
      const name = declared[user.nameField];
      const other = nameTaken.test(reason)
        ? model.others.find((each) => each[user.nameField] === name)
        : undefined;
      if (other && reason.includes("adopt: true") && this.onNameTaken === "adopt")
        declared = { ...declared, adopt: true };
      else if (other) await eraseUser(model, real, other.userId);
    }
    throw new Error(`No up succeeded although nothing was in its way any more: ${reason}`);
  }
}

/** Compares account and state with what an `up` that succeeded declared; `found` is the user before it. */
async function expectDeclared(
  model: Model,
  real: Real,
  declared: Values,
  found: StoredUser | undefined,
): Promise<void> {
  const { user, engine } = real;
  const before = found && user.view(found);
  const stays = before !== undefined && !isReplaced(user, declared, model.program, before);
  const userId = String((await engine.id())?.split(":").at(-1));
  expect({ isTheSame: userId === model.userId }).toEqual({ isTheSame: stays });
  const adopted = model.others.find((each) => each.userId === userId);
  const created = adopted ? user.view(adopted) : user.created(declared, userId);
  // An adopted user keeps its password; what is declared counts as sent before.
  const sent = adopted ? { password: declared.password, needResetPassword: declared.needResetPassword } : {};
  const after = stays ? user.afterUp(before, declared, model.program) : user.afterUp(created, declared, sent);
  Object.assign(model, {
    userId,
    exists: true,
    program: declared,
    isRefreshed: engine.refreshes === true,
    others: model.others.filter((each) => each.userId !== userId),
  });
  await expectUsers(model, real, after);
  expect(await engine.preview(declared)).toEqual([]);
}

/** The attributes that an existing user cannot follow. */
function impossible(user: UserModel, wanted: Values, program: Values): string[] {
  const isChanged = (name: string) => !isDeepStrictEqual(wanted[name], program[name]);
  if (user.replaceOnChange.some(isChanged)) return [];
  const removed = user.notRemovable.filter(
    (name) => program[name] !== undefined && wanted[name] === undefined,
  );
  return [...removed, ...user.createOnly.filter((name) => wanted[name] !== undefined && isChanged(name))];
}

/** Whether what is declared replaces the user that looks like `view`. */
function isReplaced(user: UserModel, declared: Values, program: Values, view: Values): boolean {
  return user.replaceOnChange.some((name) =>
    declared[name] === undefined
      ? program[name] !== undefined
      : !isDeepStrictEqual(declared[name], view[name]),
  );
}

function defined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
