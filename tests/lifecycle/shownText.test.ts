import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, bastionHost, idaas, openAccount } from "../support/account";
import { type EitherProcess, type Held, processes, saidBy } from "../support/eitherProcess";
import { startPlugin, urnOf } from "../support/pluginProcess";
import { refusalOf } from "../support/providerProcess";
import { bareId } from "../support/sampleUsers";

/** What a user may choose for a name to mislead those who read it. */
const hostile = `王\u202eforged\u2066\u200b\ufeff\u00ad\u2028\u0085\u009b31m\u001b[2J\n::error::x ##[error]y ##vso[task]z <{%reset%}>\u{e0041}`;

/** Nothing in it steers a terminal or a pipeline, or hides. */
function expectFit(text: string): void {
  expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/);
  expect(text).not.toMatch(/[\u{e0000}-\u{e007f}]/u);
  expect(text).not.toMatch(/##\w*\[|<\{%|^\s*::/);
}

let account: Account;
let provider: EitherProcess;

const local = { instanceId: bastionHost, source: "Local", password: "Correct-Horse-7" };
const taken = { instanceId: bastionHost, source: "Ram" };

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
});
afterAll(() => account.close());

/** An answer of the API with this body. */
const answers = (action: string, body: object) =>
  account.emulator.control.fault({ action, kind: "body", status: 400, body: JSON.stringify(body) });

const modify = (held: Held, params: object) =>
  account.admin.bastionhost("ModifyUser", { UserId: bareId(held.id), ...params });
const deleteOutside = (held: Held) => account.admin.bastionhost("DeleteUser", { UserId: bareId(held.id) });

describe.each(processes)("what %s says", (_name, start) => {
  beforeAll(async () => {
    provider = await start(account.env);
  });
  afterAll(() => provider.stop());
  afterEach(async () => {
    await account.empty();
    expect(provider.console()).toBe("");
  });

  /** Deletes the user in another run: the run that created it would leave it. */
  async function removeInLaterRun(held: Held): Promise<void> {
    const later = await start(account.env);
    await later.remove(held).finally(() => later.stop());
  }

  /** Every kind of message with such names and texts in it; the secrets are those of the program. */
  async function everyMessage(text: string, secrets: readonly string[]): Promise<Record<string, string[]>> {
    const said: Record<string, string[]> = {};
    const named = { ...local, userName: text };
    const create = (values: object) => provider.create("BastionhostUser", { ...values }, secrets);
    const preview = (held: Held, values: object) => provider.preview(held, { ...values }, secrets);
    const update = (held: Held, values: object) => provider.update(held, { ...values }, secrets);

    const plain = { ...named, displayName: "Ann" };
    const held = await create(plain);
    await modify(held, { DisplayName: text });
    said.drift = await preview(held, plain);
    said.change = await preview(held, { ...named, displayName: `${text}!` });
    said.exists = await saidBy(create(named));
    said.adopt = await saidBy(create({ ...taken, userName: text, sourceUserId: text, adopt: true }));

    await answers("ModifyUser", { Code: `Bad.${text}`, Message: `${text} is bad.`, RequestId: text });
    said.refused = await saidBy(update(held, { ...plain, comment: "one" }));
    await answers("LockUsers", { Code: "Bad", Message: `${text} is bad.` });
    said.half = await saidBy(update(held, { ...plain, comment: "one", locked: true }));
    await answers("DeleteUser", { Code: "Bad", Message: text });
    said.delete = await saidBy(removeInLaterRun(held));
    await answers("CreateUser", { Code: "Bad", Message: text });
    said.create = await saidBy(create({ ...local, userName: "bob", comment: text }));

    await deleteOutside(held);
    said.gone = await preview(held, plain);
    said.vanished = await saidBy(update(held, { ...plain, comment: "two" }));
    said.check = await provider.check(
      "BastionhostUser",
      { ...named, [`x${text}`]: text, email: text },
      secrets,
    );
    const eiam = { instanceId: idaas, username: "ann", customFields: { [text]: text } };
    await answers("CreateUser", { Code: "Bad", Message: `No field ${text}.` });
    said.field = await saidBy(provider.create("EiamUser", eiam, secrets));
    said.id = await saidBy(provider.remove({ ...held, id: text }));
    return said;
  }

  it("is safe for a terminal and a pipeline, whatever names users and the API have", async () => {
    const said = await everyMessage(hostile, []);
    for (const texts of Object.values(said)) for (const text of texts) expectFit(text);
    const reaching = Object.entries(said).filter(([, texts]) =>
      texts.some((text) => text.includes("forged")),
    );
    expect(reaching.map(([kind]) => kind).sort()).toEqual(
      Object.keys(said)
        .filter((kind) => kind !== "vanished")
        .sort(),
    );
    expect(said.gone![0]).toContain('no user "王\\u{202e}forged');
  });

  it("holds no name, source id or text that the program keeps secret", async () => {
    const secret = 'Sécret "name"/7';
    const said = await everyMessage(secret, [
      "userName",
      "sourceUserId",
      "displayName",
      "comment",
      "email",
      "customFields",
    ]);
    const repeated = (text: string) =>
      [
        text,
        text.replaceAll('\\"', '"'),
        decodeURIComponent(text.replaceAll(/%(?![\da-f]{2})/gi, "%25")),
      ].some((each) => each.includes(secret));
    // A name that is no attribute of the program's, such as that of a custom field, is no secret value.
    const { field: _field, check: _check, id: _id, ...others } = said;
    for (const texts of Object.values(others))
      for (const text of texts) expect([text, repeated(text)]).toEqual([text, false]);
    expect(others.gone![0]).toContain("no user [secret] (");
    expect(others.exists![0]).toContain("a user named [secret] (");
    expect(others.refused![0]).toContain("(Bad.[secret]: [secret] is bad, request [secret])");
  });
});

describe("what the plugin says about typed texts", () => {
  it("is safe for a terminal, in an import and in the name of a look-up", async () => {
    const plugin = await startPlugin(account.env);
    const refusals = [
      await refusalOf(plugin.read({ urn: urnOf("RamUser"), id: hostile })),
      await refusalOf(plugin.read({ urn: urnOf("BastionhostUser"), id: `${bastionHost}:${hostile}` })),
      await refusalOf(plugin.invoke(hostile, {})),
    ];
    for (const { message } of refusals) {
      expect(message).toContain("forged");
      expectFit(message);
    }
    await plugin.stop();
  });
});
