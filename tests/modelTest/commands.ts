import * as fc from "fast-check";
import type { FaultSpec } from "../../emulator";
import type { Model, Real } from "./model";
import { eraseUser, ownUser, storeValues } from "./storedUsers";
import { UpCommand } from "./upCommand";
import type { ExternalChange, UserModel } from "./userModel";

type Command = fc.AsyncCommand<Model, Real>;

/** What another client may do to the user. */
type OutsideAction = ExternalChange | "rename" | "delete" | "recreate" | "take its name";

/** Changes, renames or deletes the user outside of Pulumi, or creates another one under its name. */
class OutsideCommand implements Command {
  constructor(private readonly action: OutsideAction) {}

  check = ({ exists }: Readonly<Model>): boolean => exists;

  toString = (): string => `outside(${JSON.stringify(this.action)})`;

  async run(model: Model, real: Real): Promise<void> {
    const { user, account } = real;
    const own = (await ownUser(model, real))!;
    // The API may refuse what another client tries; then nothing has happened.
    const attempt = ([action, params]: readonly [string, Record<string, unknown>]) =>
      user.callOutside(account, own, action, params).catch(() => {});
    const { action } = this;
    if (typeof action === "object")
      return "stored" in action
        ? storeValues(account, own.userId, action.stored)
        : void (await attempt(action.call));
    if (action === "rename" || action === "take its name") await attempt(user.renameOutside!("renamed"));
    else await eraseUser(model, real, own.userId);
    if (action === "rename" || action === "delete") return;
    await user.createOutside(account, String(own[user.nameField])).catch(() => {});
    model.others = (await user.users(account)).filter(({ userId }) => userId !== model.userId);
  }
}

/** Lets calls of the next `up` fail. */
class FaultCommand implements Command {
  constructor(private readonly fault: FaultSpec) {}

  check = ({ fault }: Readonly<Model>): boolean => fault === undefined;

  toString = (): string => `fault(${JSON.stringify(this.fault)})`;

  async run(model: Model): Promise<void> {
    model.fault = this.fault;
  }
}

class RefreshCommand implements Command {
  check = (): boolean => true;

  toString = (): string => "refresh()";

  async run(model: Model, { engine }: Real): Promise<void> {
    await engine.refresh();
    model.isRefreshed = true;
  }
}

/** Random commands for a user of this type, at most so many. */
export function commandsFor(user: UserModel, maxCommands: number): fc.Arbitrary<Iterable<Command>> {
  const outside = (...actions: OutsideAction[]) =>
    fc.constantFrom(...actions).map((action) => new OutsideCommand(action));
  const ofName: OutsideAction[] = user.renameOutside ? ["rename", "rename", "take its name"] : [];
  const change = fc.oneof(
    { weight: 1, arbitrary: fc.constant({}) },
    { weight: 5, arbitrary: user.programChange },
  );
  const command = fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .tuple(change, fc.constantFrom("adopt" as const, "delete" as const))
        .map(([changed, onNameTaken]) => new UpCommand(changed, onNameTaken)),
    },
    { weight: 7, arbitrary: user.externalChange.map((action) => new OutsideCommand(action)) },
    { weight: 2, arbitrary: outside("delete", "recreate", ...ofName) },
    { weight: 4, arbitrary: fc.constant(new RefreshCommand()) },
    { weight: 2, arbitrary: faultsOf(user).map((fault) => new FaultCommand(fault)) },
  );
  return fc.commands([command], { maxCommands, size: "+1" });
}

function faultsOf({ product, actions }: UserModel): fc.Arbitrary<FaultSpec> {
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
