import { type Account, openAccount } from "../support/account";
import { type EitherProcess, processes } from "../support/eitherProcess";
import { sampleUsers } from "../support/sampleUsers";

let account: Account;
let provider: EitherProcess;

beforeAll(async () => void (account = await openAccount()));
afterEach(() => account.empty());
afterAll(() => account.close());

describe.each(processes)("%s, for a state that holds one user as two resources", (_name, start) => {
  beforeAll(async () => void (provider = await start(account.env)));
  afterAll(() => provider.stop());

  test.each(sampleUsers)(
    "refuses the second $kind, names both, and changes nothing",
    async ({ kind, one, other }) => {
      const held = await provider.create(kind, one, [], `${kind}-a`);
      await provider.compare(held, one, { name: `${kind}-a` });
      // A refresh compares what the program may not declare any more.
      expect(await provider.compare(held, other, { name: `${kind}-b`, isRefresh: true })).toMatchObject({
        changes: true,
      });
      const second = provider.compare(held, other, { name: `${kind}-b` });
      await expect(second).rejects.toThrow(
        `The state holds the ${kind} ${held.id} twice, as "${kind}-a" and as "${kind}-b"`,
      );
      await expect(second).rejects.toThrow(
        /pulumi state delete 'urn:\S+::\w+-a', or pulumi state delete 'urn:\S+::\w+-b'/,
      );
      // The first of them is compared as ever, in this preview and in the next.
      expect(await provider.compare(held, one, { name: `${kind}-a` })).toMatchObject({ changes: false });
    },
  );
});
