import { matrixFaults } from "./data/faults";
import { ruleOf } from "./data/outcomes";
import { apiNames, undeclared, type Values } from "./data/writes";
import type { LivedCell } from "./livedCell";
import type { LivedMatrix } from "./matrix";
import { storedUsers } from "./matrixAccount";
import type { StateOfUser } from "./providerRun";

/** What a cell came to that it should not have, a sentence each; none where it came to what its rule says. */
export function violations(lived: LivedCell, matrix: LivedMatrix): string[] {
  return [
    ...under("after the fault", () => judgeFaulty(lived, matrix)),
    ...under("after the next run", () => judgeNext(lived, matrix)),
  ];
}

function under(when: string, judge: () => void): string[] {
  try {
    judge();
    return [];
  } catch (error) {
    return [`${when}: ${(error as Error).message}`];
  }
}

/** The run with the fault ended as the rule says, and account and state are as they should be. */
function judgeFaulty({ cell, user, faulty }: LivedCell, { afterFaults }: LivedMatrix): void {
  const { outcome } = ruleOf(cell);
  const { write } = cell;
  const stored = storedUsers(afterFaults, user);
  const isDone = outcome === "done";
  if (isDone) expect(faulty?.failed).toBeUndefined();
  else expectMessage(cell, faulty?.failed);
  const carriedOut = outcome === "failed" ? write.before : write.after;
  expectUser(stored, isDone && write.endsGone ? undefined : carriedOut);
  expectState(faulty?.state, {
    exists: isDone ? write.verb !== "delete" : write.verb !== "create" || carriedOut !== undefined,
    halfDone: !isDone && write.verb === "create",
    stored,
  });
}

function expectMessage({ write, fault }: LivedCell["cell"], message: string | undefined): void {
  const found = matrixFaults.find(({ name }) => name === fault);
  expect(message).toContain(apiNames[write.product]);
  // Where connections are refused, so are those of the looks after a create.
  if (fault !== "refused") expect(message).toContain(write.action);
  if (found && "says" in found) expect(message).toContain(found.says);
}

/** The next run went through, the account is as declared, and there is nothing left to do. */
function judgeNext({ cell, user, next, preview }: LivedCell, { afterNext }: LivedMatrix): void {
  const { write } = cell;
  const stored = storedUsers(afterNext, user);
  expect(next?.failed).toBeUndefined();
  const untouched = write.verb === "create" ? {} : undeclared[write.product];
  const end = write.endsGone || !write.after ? undefined : { ...untouched, ...write.after };
  expectUser(stored, end);
  expectState(next?.state, { exists: write.verb !== "delete", halfDone: false, stored });
  expect(preview ?? []).toEqual([]);
}

/** There is one user, and it is so; or there is none. */
function expectUser(stored: readonly Values[], expected: Values | undefined): void {
  const seen = stored.map((user) => pick(user, Object.keys(expected ?? user)));
  expect(seen).toMatchObject(expected === undefined ? [] : [expected]);
}

interface ExpectedState {
  exists: boolean;
  halfDone: boolean;
  stored: readonly { userId: string }[];
}

/** The state holds the user or does not, and by the id that the account knows. */
function expectState(
  state: StateOfUser | undefined,
  { exists, halfDone, stored: [stored] }: ExpectedState,
): void {
  expect({ exists: state !== undefined, halfDone: state?.halfDone ?? false }).toEqual({
    exists,
    halfDone: halfDone && exists,
  });
  if (state && stored) expect(state.id.split(":").at(-1)).toBe(stored.userId);
}

function pick(user: Values, names: readonly string[]): Values {
  return Object.fromEntries(names.map((name) => [name, user[name]]));
}
