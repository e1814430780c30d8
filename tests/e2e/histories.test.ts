import * as fc from "fast-check";
import { histories, type History, live } from "../provider/history";
import { liveAll, prepare, type Setting, settings } from "../provider/historySettings";
import type { Account } from "./account";
import { openAccount } from "./account";
import { type Frontend, frontends } from "./frontend";
import { stackEngine } from "./stackEngine";

const historiesOfEach = 5;

interface Life {
  setting: Setting;
  frontend: Frontend;
  history: History;
}

let accounts: readonly Account[];
beforeAll(async () => {
  accounts = await Promise.all([openAccount(), openAccount()]);
});
afterAll(() => Promise.all(accounts.map((account) => account.close())));

const lifeIn =
  (account: Account) =>
  async ({ setting, frontend, history }: Life): Promise<void> => {
    await prepare(account, setting);
    const stack = await frontend.createStack({ env: account.env });
    try {
      await live(setting.kind, account, stackEngine(setting.kind.type, stack, frontend.refreshes), history);
    } finally {
      await stack.remove();
    }
  };

const livesIn = (setting: Setting): fc.Arbitrary<Life> =>
  fc.record({
    setting: fc.constant(setting),
    frontend: fc.constantFrom(...frontends),
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
