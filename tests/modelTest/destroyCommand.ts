import type * as fc from "fast-check";
import type { Model, Real } from "./model";
import { expectUsers, ownUser } from "./storedUsers";
import { UpCommand } from "./upCommand";

/** Removes the user from the program. Expects the account to keep, lock or lose it, as `onDelete` says. */
export class DestroyCommand implements fc.AsyncCommand<Model, Real> {
  constructor(private readonly onDelete: "delete" | "lock" | "retain") {}

  check = (): boolean => true;

  toString = (): string => `destroy(${this.onDelete})`;

  async run(model: Model, real: Real): Promise<void> {
    const { user, engine } = real;
    if (this.onDelete !== "lock" || user.locked)
      await new UpCommand({ onDelete: this.onDelete }).run(model, real);
    const found = await ownUser(model, real);
    const onDelete = model.program.onDelete ?? "delete";
    const reason = await engine.destroy();
    if (found && onDelete === "delete" && user.hasDependents?.(found)) {
      expect(reason).toMatch(/DeleteConflict\.User\.\w+.*forceDestroy: true/);
      await new UpCommand({ forceDestroy: true }).run(model, real);
      expect(await engine.destroy()).toBeUndefined();
    } else expect(reason).toBeUndefined();
    expect(await engine.id()).toBeUndefined();
    const kept = found && { ...user.view(found), ...(onDelete === "lock" ? user.locked : {}) };
    await expectUsers(model, real, onDelete === "delete" ? undefined : kept);
  }
}
