import type { ProductName } from "../emulator";
import { check } from "../provider/core/check";
import { diff } from "../provider/core/diff";
import { findRequest } from "../provider/core/findRequest";
import { isSame, pick } from "../provider/core/values";
import { stored } from "../provider/core/state";
import { remove } from "../provider/lifecycle/delete";
import { type Attribute, notShown } from "../provider/core/attribute";
import { type Resource, rowsOf } from "../provider/core/resource";
import type { Values, Wire } from "../provider/core/wire";
import { callsOf } from "../provider/core/calls";
import { scopeOf } from "../provider/core/identity";
import { unknownValue } from "../provider/core/unknown";
import { resources } from "../provider/resources";
import { useAccount } from "./api/account";
import { programFor } from "./resources/program";
import { lives, type Sample } from "./resources/samples";

const account = useAccount();

interface Life {
  resource: Resource;
  product: ProductName;
  base: Values;
  name: string;
  row: Attribute;
  sample: Sample;
}

const kinds = resources.map((resource) => ({
  ...(lives[resource.type] ?? { base: {}, samples: {}, foreign: {} }),
  type: resource.type,
  resource,
  product: resource.service as ProductName,
}));

const rows = kinds.flatMap(({ samples, ...kind }) =>
  rowsOf(kind.resource).map(([name, row]) => ({ ...kind, name, row, sample: samples[name] as Sample })),
);

const labelled = (lives: readonly Life[]): [string, Life][] =>
  lives.map((life) => [`${life.resource.type}.${life.name}`, life]);

const seen = labelled(rows.filter(({ sample }) => "shows" in sample));
const unseen = labelled(rows.filter(({ row }) => row.writeOnly));
const written = labelled(rows.filter(({ sample }) => sample.writes));
const changeable = labelled(rows.filter(({ row, sample }) => !row.writeOnly && sample.next));

const program = (resource: Resource) => programFor(resource, () => account.connection());

/** The call by others as a whole: with the names of the user that the API's page demands. */
async function byOthers({ product, base, sample }: Life, id: string): Promise<void> {
  const { others } = sample;
  if (others === undefined) return;
  if ("stored" in others) return account.alter(product, others.stored);
  const [action, params] = others.call;
  const userName = String(sample.declared.userName ?? base.userName);
  const names =
    product === "Ram"
      ? { UserName: userName, NewUserName: userName }
      : { InstanceId: base.instanceId, UserId: id.split(":")[1] };
  await account.outside(product, action, { ...names, ...params });
}

afterEach(async () => {
  const known = kinds.flatMap(({ resource }) => callsOf(resource).map(({ action }) => action));
  expect((await account.actions()).filter((action) => !known.includes(action))).toEqual([]);
});

describe("an attribute that the account shows", () => {
  test.each(seen)("%s is drift when others change it, and up puts it back", async (_label, life) => {
    const { resource, base, name, row, sample } = life;
    const declared = { ...base, ...sample.declared };
    const { key } = sample;
    const users = program(resource);
    await users.up(declared);
    expect(await users.preview(declared)).toEqual([]);
    const path = key === undefined ? name : `${name}.${key}`;
    const to = key === undefined ? users.state?.inputs[name] : (declared[name] as Values)[key];

    await byOthers(life, users.state?.id ?? "");
    const drift = {
      path,
      attribute: name,
      cause: "account",
      from: sample.shows,
      to,
      secret: false,
      replace: row.replaceOnChange,
    };
    expect(await users.preview(declared)).toEqual([key === undefined ? drift : { ...drift, key }]);

    await users.up(declared);
    expect(await users.preview(declared)).toEqual([]);
    await account.emulator.control.forgetCalls();
    await users.up(declared);
    expect(await account.writes()).toEqual([]);
  });

  test.each(seen)("%s is still drift in the preview after a refresh has seen it", async (_label, life) => {
    const { resource, base, name, sample } = life;
    const declared = { ...base, ...sample.declared };
    const users = program(resource);
    await users.up(declared);
    await byOthers(life, users.state?.id ?? "");
    await users.refresh();
    const shown = sample.key === undefined ? sample.shows : { [sample.key]: sample.shows };
    expect(users.state?.inputs[name]).toEqual(shown);
    expect(await users.preview(declared)).toMatchObject([
      { attribute: name, cause: "account", from: sample.shows },
    ]);
    await users.up(declared);
    await users.refresh();
    expect(users.state!.drifted).toEqual({});
    expect(await users.preview(declared)).toEqual([]);
  });
});

test.each(changeable)("%s follows the program to its next value", async (_label, life) => {
  const { resource, base, name, row, sample } = life;
  const declared = { ...base, ...sample.declared };
  const next = { ...base, ...sample.next };
  if (name === "instanceId") await addInstances();
  const users = program(resource);
  await users.up(declared);
  const replace = row.replaceOnChange;
  expect(await users.preview(next)).toContainEqual(
    expect.objectContaining({ attribute: name, cause: "program", replace }),
  );
  const { id } = users.state ?? {};
  await users.up(next);
  expect(await users.preview(next)).toEqual([]);
  expect(users.state?.id === id).toBe(!replace);
});

async function addInstances(): Promise<void> {
  const { control } = account.emulator;
  await control.addInstance({ product: "Bastionhost", instanceId: "bastionhost-cn-other" });
  await control.addInstance({ product: "Eiam", instanceId: "idaas_other" });
}

describe("an attribute that the account does not show", () => {
  test.each(unseen)("%s is no drift when others change it", async (_label, life) => {
    const declared = { ...life.base, ...life.sample.declared };
    const users = program(life.resource);
    await users.up(declared);
    await byOthers(life, users.state?.id ?? "");
    await account.emulator.control.forgetCalls();
    expect(await users.preview(declared)).toEqual([]);
    await users.refresh();
    expect(await users.preview(declared)).toEqual([]);
    await users.up(declared);
    expect(await account.writes()).toEqual([]);
  });

  test.each(written)("%s is written once when the program changes it", async (_label, life) => {
    const { resource, base, name, sample } = life;
    const declared = { ...base, ...sample.declared };
    const next = { ...base, ...sample.next };
    const users = program(resource);
    await users.up(declared);
    await account.emulator.control.forgetCalls();
    expect(await users.preview(next)).toContainEqual(
      expect.objectContaining({ attribute: name, cause: "program" }),
    );
    await users.up(next);
    await users.up(next);
    expect(await account.writes()).toEqual(sample.writes);
  });
});

test.each(kinds)(
  "$type leaves to others what the program does not declare",
  async ({ resource, product, base, foreign }) => {
    const users = program(resource);
    const declared = { ...base, displayName: "Before" };
    await users.up(declared);
    await account.alter(product, foreign);
    expect(await users.preview(declared)).toEqual([]);
    await users.refresh();
    expect(users.state?.inputs).toEqual(declared);
    await users.up({ ...base, displayName: "After" });
    expect(await account.users(product)).toMatchObject([{ ...foreign, displayName: "After" }]);
  },
);

describe("an attribute that leaves the program", () => {
  const optional = labelled(
    rows.filter(({ base, name, sample }) => {
      return !(name in base) && (sample.removed === "cleared" || typeof sample.removed === "object");
    }),
  );
  const refused = labelled(
    rows.filter(({ sample }) => ["required", "refused"].includes(String(sample.removed))),
  );
  const replaced = labelled(rows.filter(({ sample }) => sample.removed === "replaced"));

  const beforeAndAfter = ({ base, name, sample }: Life): [Values, Values] => {
    const declared = { ...base, ...sample.declared };
    return [declared, { ...declared, [name]: undefined }];
  };

  test.each(optional)("%s is set back, once, and leaves the state", async (_label, life) => {
    const { resource, product, name, row, sample } = life;
    const [declared, without] = beforeAndAfter(life);
    const users = program(resource);
    await users.up(declared);
    expect(await users.preview(without)).toContainEqual(
      expect.objectContaining({ attribute: name, cause: "program", to: undefined }),
    );
    await users.up(without);
    if (typeof sample.removed === "object") {
      const [user] = await account.users(product);
      expect(pick(user as object as Values, Object.keys(sample.removed))).toEqual(sample.removed);
    } else {
      const directory = account
        .connection()
        .directory(resource, scopeOf(resource, users.state!.id), undefined);
      const user = await directory.find(findRequest(resource, { state: users.state!, fresh: true }));
      const live = row.read(user!, undefined);
      expect(live === notShown || isSame(live, row.clear)).toBe(true);
    }
    expect(users.state?.values).not.toHaveProperty(name);
    await account.emulator.control.forgetCalls();
    expect(await users.preview(without)).toEqual([]);
    await users.up(without);
    expect(await account.writes()).toEqual([]);
  });

  test.each(refused)("%s is refused, and the failure names it", async (_label, life) => {
    const [declared, without] = beforeAndAfter(life);
    const users = program(life.resource);
    await users.up(declared);
    const failures = await users.check(without);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.property).toBe(life.name);
    expect(failures[0]?.reason).toMatch(new RegExp(`^"${life.name}" .*\\.$`));
  });

  test.each(replaced)("%s makes a new user", async (_label, life) => {
    const [declared, without] = beforeAndAfter(life);
    const users = program(life.resource);
    await users.up(declared);
    expect(await users.preview(without)).toMatchObject([{ attribute: life.name, replace: true }]);
    await users.up(without);
    expect(await users.preview(without)).toEqual([]);
  });
});

test.each(labelled(rows))("%s names the fields that its read looks at", (_label, { row }) => {
  const fields = new Set<string>();
  const user = new Proxy<Wire>({}, { get: (_user, field) => void fields.add(String(field)) });
  row.read(user, undefined);
  expect([...fields].sort()).toEqual([...row.fields].sort());
});

describe("a value that is not known yet", () => {
  test.each(labelled(rows))("%s passes check and counts as a change", (_label, life) => {
    const { resource, base, name, sample } = life;
    const declared = { ...base, ...sample.declared };
    const unknown = { ...declared, [name]: unknownValue };
    const { inputs, failures } = check(resource, { previous: declared, declared: unknown });
    expect(failures).toEqual([]);
    expect(inputs[name]).toBe(unknownValue);
    const comparison = { state: stored(declared), inputs, user: {}, ignored: [] };
    expect(diff(resource, comparison)).toContainEqual(
      expect.objectContaining({ attribute: name, cause: "program", to: unknownValue }),
    );
  });
});

test("passwords are marked as secrets in every preview, and nothing else is", () => {
  const secrets = rows.filter(({ row }) => row.secret).map(({ type, name }) => `${type}.${name}`);
  expect(secrets).toEqual(["BastionhostUser.password", "EiamUser.password"]);
  const passwords = rows.filter(
    ({ row }) => row.field.endsWith("Password") && row.field !== "NeedResetPassword",
  );
  expect(passwords.every(({ row }) => row.secret)).toBe(true);
});

describe.each(kinds)("$type", ({ resource, product, base }) => {
  test("comes into being exactly once when the answer to its creation is lost", async () => {
    await account.emulator.control.fault({ product, action: "CreateUser", kind: "drop" });
    const users = program(resource);
    await users.up(base);
    const existing = await account.users(product);
    expect(existing.map(({ userId }) => userId)).toEqual([users.state?.id.split(":").at(-1)]);
    expect(await users.preview(base)).toEqual([]);
  });

  test("can be deleted twice", async () => {
    const users = program(resource);
    await users.up(base);
    const state = users.state!;
    await users.destroy();
    expect(await account.users(product)).toEqual([]);
    const directory = account.connection().directory(resource, scopeOf(resource, state.id), undefined);
    await expect(remove(resource, { state, directory })).resolves.toBe("missing");
  });

  test("that others deleted is known to be gone, and recreated by the next up", async () => {
    const users = program(resource);
    await users.up(base);
    const { id } = users.state!;
    await account.remove(product);
    await expect(users.preview(base)).rejects.toThrow("gone");
    await users.refresh();
    expect(users.state).toBeUndefined();
    await users.up(base);
    expect(users.state!.id).not.toBe(id);
  });

  test("is taken over with adopt, and brought to what is declared", async () => {
    const first = program(resource);
    const second = program(resource);
    await first.up({ ...base, displayName: "Theirs" });
    await expect(second.up({ ...base, displayName: "Ours" })).rejects.toThrow("may be another person");
    await second.up({ ...base, displayName: "Ours", adopt: true });
    expect(second.state?.id).toBe(first.state?.id);
    expect(await account.users(product)).toMatchObject([{ displayName: "Ours" }]);
    expect(await second.preview({ ...base, displayName: "Ours", adopt: true })).toEqual([]);
  });

  test("stays when it leaves the program with onDelete: retain", async () => {
    const users = program(resource);
    await users.up({ ...base, onDelete: "retain" });
    await account.emulator.control.forgetCalls();
    await users.destroy();
    expect(await account.users(product)).toHaveLength(1);
    expect(await account.writes()).toEqual([]);
  });
});
