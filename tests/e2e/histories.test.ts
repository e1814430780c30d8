import * as fc from "fast-check";
import { createStack } from "../../scripts/stack";
import { histories, type History, live } from "../hosts/history";
import { liveAll, prepare, type Setting, settings } from "../hosts/historySettings";
import type { Account } from "./account";
import { openAccount } from "./account";
import { stackEngine } from "./stackEngine";

const historiesOfEach = 5;

interface Life {
  setting: Setting;
  history: History;
}

let accounts: readonly Account[];
beforeAll(async () => {
  accounts = await Promise.all([openAccount(), openAccount()]);
});
afterAll(() => Promise.all(accounts.map((account) => account.close())));

const lifeIn =
  (account: Account) =>
  async ({ setting, history }: Life): Promise<void> => {
    await prepare(account, setting);
    const stack = await createStack({ env: account.env });
    try {
      await live(setting.kind, account, stackEngine(setting.kind.type, stack), history);
    } finally {
      await stack.remove();
    }
  };

const livesIn = (setting: Setting): fc.Arbitrary<Life> =>
  fc.record({
    setting: fc.constant(setting),
    // How lives end is told by the stories of each kind.
    history: histories(setting.kind, { minLength: 1, maxLength: 2 }, [undefined]),
  });

test.each(Object.entries(settings))(
  "five histories of a %s by the CLI: after every up it is as declared, all else untouched, and the next preview empty",
  // To find a simpler history that breaks as well would take minutes.
  (_type, all) =>
    liveAll(fc.oneof(...all.map(livesIn)), historiesOfEach, accounts.map(lifeIn), { endOnFailure: true }),
  300_000,
);
