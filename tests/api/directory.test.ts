import type { ProductName } from "../../emulator";
import type { Send } from "../../provider/api/client";
import type { Clock } from "../../provider/api/clock";
import { connect } from "../../provider/api/connect";
import { createDirectory } from "../../provider/api/read/directory";
import type { Directory, FindRequest } from "../../provider/core/directory";
import type { Call, Wire } from "../../provider/core/wire";
import { resources } from "../../provider/resources";
import { instanceIds, settingsFor, type StoredUser, units, useAccount } from "./account";
import { passingClock } from "./passingClock";
import { schemaOf } from "./schemaOf";

const account = useAccount();
const minute = 60_000;

const scopes: Record<ProductName, Wire> = {
  Ram: {},
  Bastionhost: { InstanceId: instanceIds.Bastionhost },
  Eiam: { InstanceId: instanceIds.Eiam },
};

/** What a new process sees of a product's directory. */
const directoryOf = (product: ProductName, clock: Clock = passingClock()): Directory =>
  connect(settingsFor(account.emulator.url), { clock }).directory(
    schemaOf(product),
    scopes[product],
    undefined,
  );

const idOf = (product: ProductName, number: number): string =>
  product === "Eiam" ? `user_${number}` : String(10_000 + number);
const nameOf = (number: number): string => `user-${number}`;

/** Fills the account with users, numbered from 1 on in the order of the list. */
async function fill(product: ProductName, count: number): Promise<void> {
  const snapshot = await account.emulator.control.snapshot();
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  const named = numbers.map((number) => ({ userId: idOf(product, number), userName: nameOf(number) }));
  const members = named.map(({ userId, userName: username }) => ({
    userId,
    username,
    userExternalId: userId,
    userSourceId: instanceIds.Eiam,
    primaryOrganizationalUnitId: units.root,
    organizationalUnitIds: [units.root],
  }));
  const host = snapshot.bastionhost.instances[0]!;
  const idaas = snapshot.eiam.instances[0]!;
  const filled = {
    Ram: { ram: { ...snapshot.ram, users: named } },
    Bastionhost: { bastionhost: { instances: [{ ...host, users: named }] } },
    Eiam: { eiam: { instances: [{ ...idaas, users: members }] } },
  };
  await account.emulator.control.restore({ ...snapshot, ...filled[product] });
}

const hint = (users: number): number => 2 ** Math.floor(Math.log2(users));

const wanted = (product: ProductName, number: number, more: Partial<FindRequest> = {}): FindRequest => ({
  userId: idOf(product, number),
  name: nameOf(number),
  fields: [],
  declaredCount: undefined,
  fresh: false,
  ...more,
});

/** Reads users one after the other, as a preview does; every one of them has to be the right one. */
async function readAll(
  product: ProductName,
  directory: Directory,
  numbers: number[],
  more: Partial<FindRequest> = {},
): Promise<void> {
  for (const number of numbers) {
    const user = await directory.find(wanted(product, number, more));
    const name = user?.[product === "Eiam" ? "Username" : "UserName"];
    if (name !== nameOf(number)) throw new Error(`Number ${number} was read as ${String(name)}.`);
  }
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** What reached the API, in short: G for a Get, L for a List. */
const reads = async (): Promise<string> =>
  (await account.actions()).map((action) => (action === "GetUser" ? "G" : action[0])).join("");

describe("users that a program declares many of", () => {
  test.each<[ProductName, number, number]>([
    ["Ram", 1000, 1],
    ["Ram", 1001, 2],
    ["Ram", 2500, 3],
    ["Bastionhost", 100, 1],
    ["Bastionhost", 101, 2],
    ["Bastionhost", 250, 3],
    ["Eiam", 100, 1],
    ["Eiam", 250, 3],
  ])("take nothing but the list's pages: %s, %i users, %i Lists", async (product, count, pages) => {
    await fill(product, count);
    await readAll(product, directoryOf(product), upTo(count), { declaredCount: hint(count) });
    expect(await reads()).toBe("L".repeat(pages));
  });

  test.each<[ProductName, number, number]>([
    ["Ram", 2500, 3],
    ["Bastionhost", 250, 3],
    ["Eiam", 250, 3],
  ])("share the pages when they are read at once: %s", async (product, count, pages) => {
    await fill(product, count);
    const directory = directoryOf(product);
    const users = upTo(count).map((number) =>
      directory.find(wanted(product, number, { declaredCount: hint(count) })),
    );
    const ids = (await Promise.all(users)).map((user) => user?.UserId);
    expect(ids).toEqual(upTo(count).map((number) => idOf(product, number)));
    expect(await reads()).toBe("L".repeat(pages));
  });

  test("are read by Gets once the first page tells that the directory is far larger", async () => {
    await fill("Bastionhost", 2500);
    await readAll("Bastionhost", directoryOf("Bastionhost"), [2490, 2495, 2498, 2500], { declaredCount: 4 });
    expect(await reads()).toBe("LGGGG");
  });

  test("cost no more than twice their Gets, in an account that does not tell how large it is", async () => {
    await fill("Ram", 12_000);
    await readAll("Ram", directoryOf("Ram"), [11_997, 11_998, 11_999, 12_000], { declaredCount: 4 });
    expect(await reads()).toBe("LLLLGGGG");
  });
});

describe("users that a program declares few of", () => {
  test.each<[ProductName, number]>([
    ["Ram", 5000],
    ["Bastionhost", 500],
    ["Eiam", 500],
  ])("take a Get each, however large the directory is: 3 of %s", async (product, size) => {
    await fill(product, size);
    await readAll(product, directoryOf(product), [1, size / 2, size], { declaredCount: 2 });
    expect(await reads()).toBe("GGG");
  });
});

describe("users of whom nobody says how many they are", () => {
  test.each<[ProductName, number, string]>([
    ["Ram", 2, "GL"],
    ["Ram", 1000, "GL"],
    ["Ram", 2500, "GLGLGL"],
    ["Bastionhost", 100, "GL"],
    ["Bastionhost", 250, "GLGLL"],
    ["Eiam", 250, "GLGLL"],
  ])("take a page once Gets have cost as much: %s, %i users", async (product, count, expected) => {
    await fill(product, count);
    await readAll(product, directoryOf(product), upTo(count));
    expect(await reads()).toBe(expected);
  });

  test("cost no more than twice their Gets in a large account", async () => {
    await fill("Ram", 12_000);
    await readAll("Ram", directoryOf("Ram"), [4000, 8000, 12_000]);
    expect((await reads()).length).toBeLessThanOrEqual(6);
  });
});

describe("a user that no page shows", () => {
  test.each<ProductName>(["Ram", "Bastionhost", "Eiam"])(
    "is asked for by a Get before it counts as gone: %s",
    async (product) => {
      await fill(product, 9);
      const directory = directoryOf(product);
      await readAll(product, directory, upTo(9), { declaredCount: 8 });
      await fill(product, 10);
      await readAll(product, directory, [10], { declaredCount: 8 });
      expect(await reads()).toBe("LG");
      expect(await directory.find(wanted(product, 11, { declaredCount: 8 }))).toBeUndefined();
      expect(await reads()).toBe("LGGG");
    },
  );

  test("is not gone for any answer but the API's own", async () => {
    await fill("Bastionhost", 1);
    const directory = directoryOf("Bastionhost");
    const one = wanted("Bastionhost", 1, { declaredCount: 1 });
    for (const code of ["Forbidden.RAM", "Commodity.BizError.InvalidStatus", "InvalidApi.NotFound"]) {
      await account.emulator.control.fault({ kind: "error", action: "GetUser", status: 404, code });
      await expect(directory.find(one)).rejects.toMatchObject({ code });
    }
    expect(await directory.find(one)).toMatchObject({ UserName: "user-1" });
  });
});

describe("a RAM user, whom a Get finds by name only,", () => {
  const rename = (UserName: string, NewUserName: string) =>
    account.outside("Ram", "UpdateUser", { UserName, NewUserName });

  beforeEach(() => fill("Ram", 3));

  test("is found under the name that others gave it, by one list", async () => {
    await rename("user-2", "bobby");
    await account.emulator.control.forgetCalls();
    const directory = directoryOf("Ram");
    expect(await directory.find(wanted("Ram", 2, { declaredCount: 2 }))).toMatchObject({ UserName: "bobby" });
    expect(await reads()).toBe("GL");
  });

  test("is found by the same list when others were renamed too", async () => {
    for (const number of upTo(3)) await rename(nameOf(number), `new-${number}`);
    await account.emulator.control.forgetCalls();
    const directory = directoryOf("Ram");
    const users = upTo(3).map((number) => directory.find(wanted("Ram", number, { declaredCount: 2 })));
    expect((await Promise.all(users)).map((user) => user?.UserName)).toEqual(["new-1", "new-2", "new-3"]);
    expect([...(await reads())].sort().join("")).toBe("GGGL");
  });

  test("is read by the name that the list told, when it must be read again", async () => {
    await rename("user-2", "bobby");
    const directory = directoryOf("Ram");
    await directory.find(wanted("Ram", 2, { declaredCount: 2 }));
    await account.emulator.control.forgetCalls();
    expect(await directory.find(wanted("Ram", 2, { fresh: true }))).toMatchObject({ UserName: "bobby" });
    expect(await reads()).toBe("G");
  });

  test("is found when it is renamed again after the list was read", async () => {
    const directory = directoryOf("Ram");
    await readAll("Ram", directory, upTo(3));
    await rename("user-2", "bobby");
    await account.emulator.control.forgetCalls();
    expect(await directory.find(wanted("Ram", 2, { fresh: true }))).toMatchObject({ UserName: "bobby" });
    expect(await reads()).toBe("GL");
  });

  test("is gone when somebody deleted it and made another one of that name", async () => {
    await account.outside("Ram", "DeleteUser", { UserName: "user-2" });
    await account.outside("Ram", "CreateUser", { UserName: "user-2" });
    const directory = directoryOf("Ram");
    expect(await directory.find(wanted("Ram", 2, { declaredCount: 2 }))).toBeUndefined();
    expect(await directory.findByName("user-2")).toMatchObject({ UserName: "user-2" });
  });

  test("is gone by the same list when many others are gone", async () => {
    const directory = directoryOf("Ram");
    for (const number of [11, 12, 13, 14])
      expect(await directory.find(wanted("Ram", number, { fresh: true }))).toBeUndefined();
    expect(await reads()).toBe("GLGGGGGGG");
  });
});

describe("a write", () => {
  const writes: Record<ProductName, Call> = {
    Ram: {
      action: "UpdateUser",
      params: { UserName: "user-2", NewUserName: "user-2", NewDisplayName: "Bob" },
    },
    Bastionhost: {
      action: "ModifyUser",
      params: { ...scopes.Bastionhost, UserId: idOf("Bastionhost", 2), DisplayName: "Bob" },
    },
    Eiam: {
      action: "UpdateUser",
      params: { ...scopes.Eiam, UserId: idOf("Eiam", 2), DisplayName: "Bob" },
    },
  };

  test.each<ProductName>(["Ram", "Bastionhost", "Eiam"])(
    "is seen by the next read, which is a Get, and leaves the others alone: %s",
    async (product) => {
      await fill(product, 9);
      const directory = directoryOf(product);
      await readAll(product, directory, upTo(9), { declaredCount: 8 });
      await directory.call(writes[product]);
      directory.invalidate(idOf(product, 2));
      await account.emulator.control.forgetCalls();
      const user = await directory.find(wanted(product, 2, { declaredCount: 8 }));
      expect(user).toMatchObject({ DisplayName: "Bob" });
      await readAll(product, directory, [1, 3], { declaredCount: 8 });
      expect(await reads()).toBe("G");
    },
  );

  test("is seen although a page was under way that still shows the user as it was", async () => {
    await fill("Bastionhost", 9);
    const directory = directoryOf("Bastionhost");
    await account.emulator.control.fault({ kind: "delay", delayMs: 100, action: "ListUsers" });
    const underWay = directory.find(wanted("Bastionhost", 1, { declaredCount: 8 }));
    await directory.call(writes.Bastionhost);
    directory.invalidate(idOf("Bastionhost", 2));
    await underWay;
    const user = await directory.find(wanted("Bastionhost", 2, { declaredCount: 8 }));
    expect(user).toMatchObject({ DisplayName: "Bob" });
  });
});

describe("a page that fails", () => {
  const denied = { kind: "error", action: "ListUsers", status: 403, code: "NoPermission" } as const;

  beforeEach(() => fill("Bastionhost", 250));

  test("fails all reads that wait for it, and no later one", async () => {
    await account.emulator.control.fault(denied);
    const directory = directoryOf("Bastionhost");
    const first = [1, 2, 3].map((number) =>
      directory
        .find(wanted("Bastionhost", number, { declaredCount: 128 }))
        .catch(({ code }) => code as string),
    );
    expect(await Promise.all(first)).toEqual(["NoPermission", "NoPermission", "NoPermission"]);
    await readAll("Bastionhost", directory, [1, 2, 3], { declaredCount: 128 });
    expect(await reads()).toBe("LL");
  });

  test("is asked for again, and those before it are not", async () => {
    const directory = directoryOf("Bastionhost");
    await readAll("Bastionhost", directory, [1], { declaredCount: 128 });
    await account.emulator.control.fault(denied);
    const late = wanted("Bastionhost", 150, { declaredCount: 128 });
    await expect(directory.find(late)).rejects.toMatchObject({ code: "NoPermission" });
    await readAll("Bastionhost", directory, upTo(250), { declaredCount: 128 });
    const { calls } = await account.emulator.control.calls();
    expect(calls.map(({ params }) => params.PageNumber)).toEqual(["1", "2", "2", "3"]);
  });
});

describe("whether a name is free", () => {
  test("is a look for one name, and for many the list, at most twice its calls", async () => {
    await fill("Bastionhost", 150);
    const directory = directoryOf("Bastionhost");
    expect(await directory.isFree("user-7")).toBe(false);
    expect(await reads()).toBe("L");
    const numbers = Array.from({ length: 40 }, (_, at) => 131 + at);
    const free = await Promise.all(numbers.map((number) => directory.isFree(nameOf(number))));
    expect(free).toEqual(numbers.map((number) => number > 150));
    expect(await reads()).toMatch(/^L{1,5}$/);
  });

  test("does not take the beginning of a name for it", async () => {
    await fill("Bastionhost", 10);
    expect(await directoryOf("Bastionhost").isFree("user")).toBe(true);
  });
});

describe("what a list said", () => {
  test("counts for five minutes, and is read again after that", async () => {
    await fill("Bastionhost", 9);
    const clock = passingClock();
    const directory = directoryOf("Bastionhost", clock);
    await readAll("Bastionhost", directory, upTo(9), { declaredCount: 8 });
    await account.alter("Bastionhost", { displayName: "Changed" });
    const displayName = async () =>
      (await directory.find(wanted("Bastionhost", 5, { declaredCount: 8 })))?.DisplayName;
    clock.at += 5 * minute;
    expect(await displayName()).toBe("");
    clock.at += 1;
    expect(await displayName()).toBe("Changed");
    expect(await reads()).toBe("LL");
  });

  test("is not taken from an old page because a later one is new", async () => {
    await fill("Bastionhost", 300);
    const clock = passingClock();
    const directory = directoryOf("Bastionhost", clock);
    await readAll("Bastionhost", directory, [1], { declaredCount: 256 });
    clock.at += 4 * minute;
    await readAll("Bastionhost", directory, [101, 201], { declaredCount: 256 });
    clock.at += 4 * minute;
    await readAll("Bastionhost", directory, [2, 102, 202], { declaredCount: 256 });
    expect(await reads()).toBe("LLLG");
  });

  test("comes to its end, though all of its pages take longer than it counts", async () => {
    await fill("Eiam", 900);
    const clock = passingClock();
    const { call } = directoryOf("Eiam");
    const slow: Send = (page) => ((clock.at += minute), call(page));
    const directory = createDirectory({
      schema: schemaOf("Eiam"),
      serviceName: "EIAM",
      scope: scopes.Eiam,
      send: slow,
      clock,
    });
    await readAll("Eiam", directory, [850, 50, 750], { declaredCount: 512 });
    expect(await reads()).toBe("L".repeat(9) + "G");
  });
});

describe("an EIAM user of whom the list does not tell enough", () => {
  const wires = ["DisplayName", "CustomFields"];

  test.each(["CustomFields", "OrganizationalUnits", "PrimaryOrganizationalUnitId"])(
    "takes a Get, and the others come from the list: %s",
    async (wire) => {
      await fill("Eiam", 200);
      const directory = directoryOf("Eiam");
      for (const number of upTo(200))
        await readAll("Eiam", directory, [number], {
          declaredCount: 128,
          fields: number > 190 ? [wire] : [],
        });
      expect([...(await reads())].sort().join("")).toBe("G".repeat(10) + "LL");
    },
  );

  test("takes no List with it, when all are such users", async () => {
    await fill("Eiam", 20);
    const directory = directoryOf("Eiam");
    await account.alter("Eiam", { customFields: { age: "7" } });
    const users = upTo(20).map((number) => directory.find(wanted("Eiam", number, { fields: wires })));
    expect((await Promise.all(users)).every((user) => (user?.CustomFields as unknown[]).length === 1)).toBe(
      true,
    );
    expect(await reads()).toBe("G".repeat(20));
  });

  test("is found by its name in full", async () => {
    await fill("Eiam", 20);
    await account.alter("Eiam", { customFields: { age: "7" } });
    const user = await directoryOf("Eiam").findByName(nameOf(1));
    expect(user).toMatchObject({ UserId: idOf("Eiam", 1), CustomFields: [{ FieldName: "age" }] });
  });
});

describe("an attribute", () => {
  /** Values for whatever an entry of the list might not tell. */
  const everything: Record<ProductName, Partial<StoredUser>> = {
    Ram: { displayName: "A", email: "a@example.com", mobilePhone: "86-13500000000", comments: "c" },
    Bastionhost: {
      displayName: "A",
      email: "a@example.com",
      mobile: "13500000000",
      comment: "c",
      language: "en",
      languageStatus: "Custom",
      effectiveStartTime: 1,
      effectiveEndTime: 2,
      userState: ["Frozen"],
      twoFactorStatus: "Enable",
      twoFactorMethods: ["totp"],
      needResetPassword: true,
      sourceUserId: "9",
    },
    Eiam: {
      displayName: "A",
      email: "a@example.com",
      emailVerified: true,
      description: "d",
      phoneRegion: "86",
      phoneNumber: "13500000000",
      phoneNumberVerified: true,
      status: "disabled",
      customFields: { age: "7" },
      organizationalUnitIds: [units.root, units.sales],
      lockExpireTime: 4e12,
    },
  };

  test.each(resources.map((resource) => [resource.type, resource] as const))(
    "takes a Get where the list does not tell it as a Get does: %s",
    async (_type, { service: product, attributes }) => {
      const name = product as ProductName;
      await fill(name, 1);
      await account.alter(name, everything[name]);
      const { list, get } = schemaOf(name).read;
      const directory = directoryOf(name);
      const [listed] = list.from(await directory.call({ action: list.action, params: { ...scopes[name] } }));
      const params = { ...scopes[name], [get.by]: name === "Ram" ? nameOf(1) : idOf(name, 1) };
      const { User } = await directory.call({ action: get.action, params });
      const fromList = Object.values(attributes).filter(
        ({ fields, writeOnly }) => !writeOnly && !fields.some((field) => list.omittedFields.includes(field)),
      );
      const told = (user: unknown) =>
        fromList.map(({ field: wire, read }) => [wire, read(user as Wire, undefined)]);
      expect(told(listed)).toEqual(told(User));
    },
  );
});

describe("a RAM user that cannot be read yet", () => {
  const make = async (directory: Directory): Promise<FindRequest> => {
    const { User } = await directory.call({ action: "CreateUser", params: { UserName: "alice" } });
    const userId = String((User as Wire).UserId);
    directory.invalidate(userId);
    return { userId, name: "alice", fields: [], declaredCount: 1, fresh: false };
  };

  test("is waited for right after it was made", async () => {
    await account.emulator.control.settings({ lagReads: { Ram: 4 } });
    const clock = passingClock();
    const directory = directoryOf("Ram", clock);
    const alice = await make(directory);
    expect(await directory.find({ ...alice, fresh: true })).toMatchObject({ UserName: "alice" });
    expect(clock.slept).toBeGreaterThan(0);
  });

  test("is waited for by a process that has just begun, since another one may have made it", async () => {
    await account.emulator.control.settings({ lagReads: { Ram: 4 } });
    const alice = await make(directoryOf("Ram"));
    expect(await directoryOf("Ram", passingClock(0)).find(alice)).toMatchObject({ UserName: "alice" });
  });

  test("is waited for three seconds and no longer, then looked for in a list and by a Get once more, and gone", async () => {
    await account.emulator.control.settings({ lagReads: { Ram: 1000 } });
    const clock = passingClock();
    const directory = directoryOf("Ram", clock);
    expect(await directory.find(await make(directory))).toBeUndefined();
    expect(clock.slept).toBe(3500);
    expect((await reads()).endsWith("LG")).toBe(true);
    expect((await reads()).length).toBeLessThanOrEqual(17);
  });

  test("is looked for twice, with half a second between, when nobody has just made it", async () => {
    const clock = passingClock();
    expect(await directoryOf("Ram", clock).find(wanted("Ram", 1))).toBeUndefined();
    expect(clock.slept).toBe(500);
    expect(await reads()).toBe("GLG");
  });
});

describe("a user that may have been made", () => {
  /** A directory whose account cannot be asked for so many times, and then can. */
  const reachableAfter = (failures: number, kind = "unavailable") => {
    const clock = passingClock();
    const { call } = directoryOf("Ram");
    let calls = 0;
    const send: Send = (wanted) =>
      calls++ < failures
        ? Promise.reject(Object.assign(new Error(`a fault: ${kind}`), { name: "ApiFault", kind }))
        : call(wanted);
    return {
      clock,
      directory: createDirectory({ schema: schemaOf("Ram"), serviceName: "RAM", scope: {}, send, clock }),
      calls: () => calls,
    };
  };

  test("is found once the account can be asked again", async () => {
    await fill("Ram", 1);
    const { clock, directory } = reachableAfter(8);
    expect(await directory.findNewByName("user-1")).toMatchObject({ UserName: "user-1" });
    expect(clock.slept).toBeGreaterThan(10_000);
  });

  test("is looked for during a minute at most, in ever longer pauses, and then the fault is told", async () => {
    const { clock, directory, calls } = reachableAfter(Infinity);
    await expect(directory.findNewByName("user-1")).rejects.toMatchObject({ kind: "unavailable" });
    expect(clock.slept).toBeGreaterThan(50_000);
    expect(clock.slept).toBeLessThanOrEqual(minute);
    expect(calls()).toBeLessThanOrEqual(20);
  });

  test("is not looked for again where the API refuses to tell", async () => {
    const { directory, calls } = reachableAfter(Infinity, "denied");
    await expect(directory.findNewByName("user-1")).rejects.toMatchObject({ kind: "denied" });
    expect(calls()).toBe(1);
  });

  test("is waited for while a new one may be invisible", async () => {
    await account.emulator.control.settings({ lagReads: { Ram: 3 } });
    await account.outside("Ram", "CreateUser", { UserName: "alice" });
    expect(await directoryOf("Ram").findNewByName("alice")).toMatchObject({ UserName: "alice" });
  });

  test("does not exist when nobody sees it for three seconds", async () => {
    const clock = passingClock();
    expect(await directoryOf("Ram", clock).findNewByName("alice")).toBeUndefined();
    expect(clock.slept).toBeGreaterThanOrEqual(3000);
    expect(clock.slept).toBeLessThan(5000);
  });
});

describe("a question that many users have in common", () => {
  const call = { action: "GetInstanceTwoFactor", params: scopes.Bastionhost };

  test("is sent once, however often and how soon it is asked", async () => {
    const directory = directoryOf("Bastionhost");
    const first = await Promise.all([directory.callOnce(call), directory.callOnce(call)]);
    expect(await directory.callOnce({ ...call })).toBe(first[0]);
    expect(await account.actions()).toEqual(["GetInstanceTwoFactor"]);
  });

  test("is sent again, and once, after it has failed", async () => {
    await account.emulator.control.fault({ kind: "error", status: 403, code: "NoPermission" });
    const directory = directoryOf("Bastionhost");
    const again = () => directory.callOnce(call).catch(() => directory.callOnce(call));
    await Promise.all([again(), again(), again()]);
    expect(await account.actions()).toEqual(["GetInstanceTwoFactor", "GetInstanceTwoFactor"]);
  });
});

describe("directories", () => {
  test("of two instances do not mix, and each user comes with the name of its own", async () => {
    const other = { InstanceId: "bastionhost-cn-other0001" };
    await fill("Bastionhost", 9);
    await account.emulator.control.addInstance({ product: "Bastionhost", instanceId: other.InstanceId });
    const connection = connect(settingsFor(account.emulator.url), { clock: passingClock() });
    const [one, two] = [scopes.Bastionhost, other].map((scope) =>
      connection.directory(schemaOf("Bastionhost"), scope, undefined),
    );
    for (const declared of [2, 8]) {
      const user = wanted("Bastionhost", 9, { declaredCount: declared });
      expect(await one?.find(user)).toMatchObject({ UserId: user.userId, ...scopes.Bastionhost });
      expect(await two?.find(user)).toBeUndefined();
    }
  });

  test("of one instance are one, whoever asks for it", () => {
    const connection = connect(settingsFor(account.emulator.url));
    const directory = () => connection.directory(schemaOf("Eiam"), { ...scopes.Eiam }, "cn-hangzhou");
    expect(directory()).toBe(directory());
    expect(directory()).toBe(connection.directory(schemaOf("Eiam"), scopes.Eiam, undefined));
  });
});
