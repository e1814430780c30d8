import type { ProductName } from "../../emulator";
import type { Send } from "../../provider/api/client";
import { createListCache, type ListCache } from "../../provider/api/read/listCache";
import type { Wire } from "../../provider/core/wire";
import { instanceIds, useAccount } from "./account";
import { schemaOf } from "./schemaOf";

const account = useAccount();
const host: Wire = { InstanceId: instanceIds.Bastionhost };

/** A clock that stands still until it is told. */
const clock = { at: 0, now: () => clock.at, sleep: async () => {} };
beforeEach(() => void (clock.at = 0));

const sender = (product: ProductName, scope: Wire): Send =>
  account.connection().directory(schemaOf(product), scope, undefined).call;

const pagesOf = (product: "Ram" | "Bastionhost"): ListCache => {
  const scope = product === "Ram" ? {} : host;
  return createListCache(
    { schema: schemaOf(product), serviceName: product, scope, send: sender(product, scope) },
    clock,
  );
};

async function fill(count: number): Promise<void> {
  const { ram, bastionhost, eiam } = await account.emulator.control.snapshot();
  const users = Array.from({ length: count }, (_, at) => ({
    userId: String(at + 1),
    userName: `u${at + 1}`,
  }));
  const instances = [{ ...bastionhost.instances[0]!, users }];
  await account.emulator.control.restore({ ram: { ...ram, users }, bastionhost: { instances }, eiam });
}

const numbersAsked = async (): Promise<(string | undefined)[]> =>
  (await account.emulator.control.calls()).calls.map(({ params }) => params.PageNumber);

describe("pages", () => {
  test("are read in order, each once, to the last one", async () => {
    await fill(250);
    const pages = pagesOf("Bastionhost");
    const shown = [];
    for (; pages.left() !== 0; shown.push(pages.user("100"), pages.user("101"), pages.user("250")))
      await pages.readNext();
    expect(shown.map((user) => user?.UserName)).toEqual([
      "u100",
      undefined,
      undefined,
      "u100",
      "u101",
      undefined,
      "u100",
      "u101",
      "u250",
    ]);
    expect(await numbersAsked()).toEqual(["1", "2", "3"]);
  });

  test("are counted from the first on, where the API tells how many users there are", async () => {
    await fill(250);
    const pages = pagesOf("Bastionhost");
    const counts = [[pages.read(), pages.left()]];
    for (let page = 0; page < 3; page++) {
      await pages.readNext();
      counts.push([pages.read(), pages.left()]);
    }
    expect(counts).toEqual([
      [0, undefined],
      [1, 2],
      [2, 1],
      [3, 0],
    ]);
  });

  test("are not counted where the API does not tell, and have an end all the same", async () => {
    await fill(1001);
    const pages = pagesOf("Ram");
    await pages.readNext();
    expect([pages.read(), pages.left()]).toEqual([1, undefined]);
    await pages.readNext();
    expect([pages.read(), pages.left()]).toEqual([2, 0]);
    expect(pages.user("1001")).toMatchObject({ UserName: "u1001" });
  });

  test.each<["Ram" | "Bastionhost", number, number]>([
    ["Bastionhost", 0, 1],
    ["Bastionhost", 100, 1],
    ["Bastionhost", 200, 2],
    ["Ram", 0, 1],
    ["Ram", 1000, 1],
  ])("have their end with the last user: %s, %i users, %i pages", async (product, count, expected) => {
    await fill(count);
    const pages = pagesOf(product);
    while (pages.left() !== 0) await pages.readNext();
    expect(pages.read()).toBe(expected);
  });

  test("are shared by callers at the same time", async () => {
    await fill(250);
    const pages = pagesOf("Bastionhost");
    await Promise.all([pages.readNext(), pages.readNext(), pages.readNext()]);
    expect(await numbersAsked()).toEqual(["1"]);
    expect(pages.read()).toBe(1);
  });

  test("show users with the names of their directory", async () => {
    await fill(1);
    const pages = pagesOf("Bastionhost");
    await pages.readNext();
    expect(pages.user("1")).toMatchObject({ ...host, UserId: "1" });
  });

  test("forget a user who was written, and no other", async () => {
    await fill(2);
    const pages = pagesOf("Bastionhost");
    await pages.readNext();
    pages.drop("1");
    expect(pages.user("1")).toBeUndefined();
    expect(pages.user("2")).toBeDefined();
  });
});

describe("a list that is to be read again", () => {
  test("starts with the first page, when it began before the time that is asked for", async () => {
    await fill(250);
    const pages = pagesOf("Bastionhost");
    clock.at = 10;
    await pages.readNext();
    pages.forgetBefore(10);
    expect(pages.read()).toBe(1);
    pages.forgetBefore(11);
    expect([pages.read(), pages.left(), pages.user("1")]).toEqual([0, undefined, undefined]);
    await pages.readNext();
    expect(await numbersAsked()).toEqual(["1", "1"]);
  });

  test("does not take in a page that was under way", async () => {
    await fill(1);
    await account.emulator.control.fault({ kind: "delay", delayMs: 50, action: "ListUsers" });
    const pages = pagesOf("Bastionhost");
    const underWay = pages.readNext();
    pages.forgetBefore(1);
    await underWay;
    expect([pages.read(), pages.user("1")]).toEqual([0, undefined]);
  });
});

test("a page that fails leaves the pages before it as they were, and is the next one to be read", async () => {
  await fill(250);
  const pages = pagesOf("Bastionhost");
  await pages.readNext();
  await account.emulator.control.fault({ kind: "error", status: 403, code: "NoPermission" });
  await expect(pages.readNext()).rejects.toMatchObject({ code: "NoPermission" });
  expect([pages.read(), pages.left(), pages.user("1")?.UserName]).toEqual([1, 2, "u1"]);
  await pages.readNext();
  expect(await numbersAsked()).toEqual(["1", "2", "2"]);
});

test("a page counts for five minutes, and the list as long as its latest page", async () => {
  await fill(250);
  const pages = pagesOf("Bastionhost");
  await pages.readNext();
  clock.at = 200_000;
  await pages.readNext();
  clock.at = 300_001;
  expect([pages.read(), pages.user("1"), pages.user("101")?.UserName]).toEqual([2, undefined, "u101"]);
  clock.at = 500_001;
  expect([pages.read(), pages.left(), pages.user("101")]).toEqual([0, undefined, undefined]);
});
