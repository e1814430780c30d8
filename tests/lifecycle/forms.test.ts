import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { type EitherProcess, processes } from "../support/eitherProcess";
import type { Properties } from "../support/providerProcess";

let account: Account;
let provider: EitherProcess;

const deviations = {
  lowerCase: ["Email", "NewEmail", "FieldValue"],
  trim: ["DisplayName", "NewDisplayName", "Comment"],
};

beforeAll(async () => void (account = await openAccount()));
beforeEach(() => account.emulator.control.settings({ deviations }));
afterEach(() => account.empty());
afterAll(() => account.close());

interface Sample {
  kind: string;
  declared: Properties;
  changed: Properties;
  /** What the account has of the first. */
  kept: Properties;
  forms: Properties;
}

const inBastion = { instanceId: bastionHost, source: "Local", userName: "ann", password: "Aa1!aaaa" };
const inIdaas = { instanceId: idaas, username: "ann", emailVerified: true };

const samples: Sample[] = [
  {
    kind: "RamUser",
    declared: { userName: "ann", displayName: " Ann ", email: "Ann@Example.com" },
    changed: { userName: "ann", displayName: " Ann B. ", email: "Ann.B@Example.com" },
    kept: { displayName: "Ann", email: "ann@example.com" },
    forms: { displayName: "trimmed", email: "lowerCase" },
  },
  {
    kind: "BastionhostUser",
    declared: { ...inBastion, email: "Ann@Example.com", comment: " one" },
    changed: { ...inBastion, email: "Ann.B@Example.com", comment: " two" },
    kept: { email: "ann@example.com", comment: "one" },
    forms: { comment: "trimmed", email: "lowerCase" },
  },
  {
    kind: "EiamUser",
    declared: { ...inIdaas, email: "Ann@Example.com", customFields: { nick_name: "Annie" } },
    changed: { ...inIdaas, email: "Ann.B@Example.com", customFields: { nick_name: "Annie" } },
    kept: { email: "ann@example.com", customFields: { nick_name: "annie" } },
    forms: { email: "lowerCase", "customFields.nick_name": "lowerCase" },
  },
];

const userOf = async (kind: string) => {
  const users = {
    RamUser: account.ramUsers,
    BastionhostUser: account.bastionhostUsers,
    EiamUser: account.eiamUsers,
  };
  return (await users[kind as "RamUser"]())[0];
};
const nothing = { changes: false, replaces: [], lines: [] };

describe.each(processes)("%s, in an account that keeps texts in another form", (_name, start) => {
  beforeAll(async () => void (provider = await start(account.env)));
  afterAll(() => provider.stop());

  test.each(samples)("finds no drift of a $kind, and writes nothing twice", async (sample) => {
    const { kind, declared, changed, kept, forms } = sample;
    // The plugin hands a password back in a mark.
    const { password: _secret, ...shown } = declared;
    await account.emulator.control.forgetCalls();
    const created = await provider.create(kind, declared);
    expect(await userOf(kind)).toMatchObject(kept);
    expect(created.outputs).toMatchObject({ ...shown, __forms: forms });
    expect(await provider.compare(created, declared)).toEqual(nothing);
    const refreshed = await provider.refresh(created);
    expect(refreshed.outputs).toEqual(created.outputs);
    expect(refreshed.inputs).toMatchObject(shown);
    const updated = await provider.update(created, changed);
    expect(updated.outputs).toMatchObject({ __forms: forms });
    expect(await provider.compare(updated, changed)).toEqual(nothing);
    expect(await account.writes()).toHaveLength(2);
  });

  test("shows the drift of a value that somebody wrote in that form otherwise", async () => {
    const [{ kind, declared }] = samples as [Sample];
    const created = await provider.create(kind, declared);
    await account.emulator.control.settings({ deviations: {} });
    await account.admin.ram("UpdateUser", {
      UserName: "ann",
      NewUserName: "ann",
      NewEmail: "ANN@example.com",
    });
    const { lines } = await provider.compare(created, declared);
    expect(lines).toEqual(['drift: email: "ANN@example.com" => "Ann@Example.com"']);
    const kept = await provider.update(created, declared);
    expect(kept.outputs).not.toHaveProperty("__forms.email");
  });

  test("puts no secret into the state by that", async () => {
    const [{ kind, declared }] = samples as [Sample];
    const { outputs } = await provider.create(kind, declared, ["email"]);
    expect(JSON.stringify(outputs.__forms)).not.toMatch(/ann@/i);
  });
});
