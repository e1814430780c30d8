import { packHidden } from "../../provider/core/state";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, openAccount } from "../support/account";
import { eiam } from "../support/dynamicInputs";
import { type DynamicProcess, startDynamicProcess } from "../support/dynamicProcess";
import { type Properties, refusalOf } from "../support/providerProcess";

const names = Array.from({ length: 12 }, (_, at) => `user-${at}`);

/** A user of the stack as the engine has it. */
interface Held {
  id: string;
  inputs: Properties;
  outputs: Properties;
}

let account: Account;
let provider: DynamicProcess;
let users: Held[];

/** The inputs of a user, with the names of those that follow. */
const inputsOf = (at: number, field: string): Properties => ({
  ...eiam({ username: names[at], customFields: { nick_name: field } }),
  ...packHidden({ next: names.slice(at + 1) }),
});

/** Checks and compares a user, as the engine does with one after another. */
async function compare(at: number, field = "first") {
  const { id, inputs, outputs } = users[at]!;
  const checked = await provider.check(inputs, inputsOf(at, field));
  return provider.diff(id, outputs, checked.inputs);
}

const getsOf = async (at: number): Promise<number> => {
  const { calls } = await account.emulator.control.calls();
  const { id } = users[at]!;
  return calls.filter(({ action, params }) => action === "GetUser" && id.endsWith(`:${params.UserId}`))
    .length;
};

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
  const maker = await startDynamicProcess(account.env);
  users = [];
  for (const at of names.keys()) {
    const { inputs } = await maker.check({}, inputsOf(at, "first"));
    users.push({ inputs, ...(await maker.create(inputs)) });
  }
  await maker.stop();
});
beforeEach(async () => {
  provider = await startDynamicProcess(account.env);
  await account.emulator.control.forgetCalls();
});
afterEach(async () => {
  // A rejection that nobody handles ends a process.
  expect(provider.child.exitCode).toBeNull();
  await provider.stop();
});
afterAll(() => account.close());

test("a user is read ahead, and what check returns names none of those that follow", async () => {
  for (const at of names.keys()) expect(await compare(at)).toMatchObject({ changes: false });
  for (const at of names.keys()) expect(await getsOf(at)).toBe(1);
  expect(users.some(({ inputs, outputs }) => "__next" in inputs || "__next" in outputs)).toBe(false);
});

test("a Get that fails ahead of time fails the comparison of its own user, and no other", async () => {
  const refused = { kind: "error", action: "GetUser", status: 403, code: "Forbidden.Example" } as const;
  const UserId = users[9]!.id.split(":")[1]!;
  await account.emulator.control.fault({ ...refused, times: 99, params: { UserId } });
  for (const at of names.keys()) {
    if (at === 9) expect((await refusalOf(compare(at))).message).toContain("Forbidden.Example");
    else expect(await compare(at)).toMatchObject({ changes: false });
  }
  expect(await getsOf(9)).toBe(1);
  await account.emulator.control.clearFaults();
  expect(await compare(9)).toMatchObject({ changes: false });
});

test("a user that was updated after it was read ahead is compared as it is now", async () => {
  for (let at = 0; (await getsOf(10)) === 0; at = Math.min(at + 1, 9)) await compare(at);
  const { id, inputs, outputs } = users[10]!;
  const news = { ...inputs, customFields: { nick_name: "second" } };
  users[10] = { id, inputs: news, ...(await provider.update(id, outputs, news)) };
  expect(await compare(10, "second")).toMatchObject({ changes: false });
});
