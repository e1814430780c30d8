import type { ProductName } from "../../emulator";
import { connect } from "../../provider/api/connect";
import type { Directory } from "../../provider/core/directory";
import type { Wire } from "../../provider/core/wire";
import { settingsFor } from "./account";
import { type Answer, useGateway } from "./gateway";
import { type PassingClock, passingClock } from "./passingClock";
import { schemaOf } from "./schemaOf";

const gateway = useGateway();

const goneCodes: [ProductName, string][] = [
  ["Ram", "EntityNotExist.User"],
  ["Bastionhost", "UserNotFound"],
  ["Bastionhost", "OBJECT_NOT_FOUND"],
  ["Eiam", "ResourceNotFound.User"],
];
const codeOf = (product: ProductName): string => goneCodes.find(([name]) => name === product)![1];

const ids: Record<ProductName, string> = { Ram: "7", Bastionhost: "7", Eiam: "user_7" };
const scopes: Record<ProductName, Wire> = {
  Ram: {},
  Bastionhost: { InstanceId: "i" },
  Eiam: { InstanceId: "i" },
};
const nameKey = (product: ProductName): string => (product === "Eiam" ? "Username" : "UserName");

/** The user as the API shows it. */
const alice = (product: ProductName): Wire => ({ UserId: ids[product], [nameKey(product)]: "alice" });
const notFound = (Code: string): Answer => ({ status: 404, body: { RequestId: "r", Code, Message: "" } });
const shown = (User: unknown): Answer => ({ body: { RequestId: "r", User } });

const page = (product: ProductName, users: Wire[]): Answer => {
  const body = product === "Ram" ? { Users: { User: users } } : { Users: users, TotalCount: users.length };
  return { body: { RequestId: "r", ...body } };
};

interface Behaviour {
  /** The answers of GetUser in order; the last one for all that follow. */
  gets: Answer[];
  lists: (params: Record<string, string>) => Answer;
}

/** A directory that answers so, on a clock of its own. */
function directoryWith(
  product: ProductName,
  { gets, lists }: Behaviour,
): { directory: Directory; clock: PassingClock } {
  let asked = 0;
  gateway.answersEach((params) =>
    params.Action === "ListUsers" ? lists(params) : gets[Math.min(asked++, gets.length - 1)]!,
  );
  const clock = passingClock();
  const connection = connect(settingsFor(gateway.url), { clock });
  return { directory: connection.directory(schemaOf(product), scopes[product], undefined), clock };
}

const wanted = (product: ProductName, more: Wire = {}) => ({
  userId: ids[product],
  name: "alice",
  fields: [],
  declaredCount: undefined,
  fresh: true,
  ...more,
});

/** What was asked, in short: G for a Get, L for a List. */
const asked = (): string =>
  gateway.received.map(({ body }) => (body.includes("Action=GetUser") ? "G" : "L")).join("");

describe("one wrong answer costs no user", () => {
  test.each(goneCodes)("of %s: %s", async (product, code) => {
    const { directory, clock } = directoryWith(product, {
      gets: [notFound(code), shown(alice(product))],
      lists: () => page(product, []),
    });
    expect(await directory.find(wanted(product))).toMatchObject(alice(product));
    expect(clock.slept).toBe(500);
    expect(asked()).toBe(product === "Ram" ? "GLG" : "GG");
    expect(directory.wasMissing(ids[product])).toBe(false);
  });

  test.each<[ProductName, unknown]>(
    (["Ram", "Bastionhost", "Eiam"] as const).flatMap((product) =>
      [{}, "text", [alice(product)], { UserName: "alice" }, { UserId: "8", UserName: "bob" }].map(
        (user): [ProductName, unknown] => [product, user],
      ),
    ),
  )("of %s: status 200 and the user %j", async (product, user) => {
    const { directory } = directoryWith(product, {
      gets: [shown(user), shown(alice(product))],
      lists: () => page(product, []),
    });
    expect(await directory.find(wanted(product))).toMatchObject(alice(product));
    expect(asked()).toBe("GG");
  });
});

test("one wrong answer does not hide a user that is looked for by its name", async () => {
  const { directory } = directoryWith("Eiam", {
    gets: [notFound("ResourceNotFound.User"), shown({ ...alice("Eiam"), CustomFields: [] })],
    lists: () => page("Eiam", [alice("Eiam")]),
  });
  expect(await directory.findByName("alice")).toMatchObject({ UserId: "user_7", CustomFields: [] });
  expect(asked()).toBe("LGG");
});

describe("a user is not gone while the API does not agree", () => {
  test.each<[ProductName, unknown]>(
    (["Ram", "Bastionhost", "Eiam"] as const).flatMap((product) =>
      [{}, "text", [], { UserId: "8", UserName: "bob" }].map((user): [ProductName, unknown] => [
        product,
        user,
      ]),
    ),
  )("as %s with its answers of status 200 and the user %j", async (product, user) => {
    const { directory } = directoryWith(product, { gets: [shown(user)], lists: () => page(product, []) });
    await expect(directory.find(wanted(product))).rejects.toThrow(
      "answered GetUser with something that is not an answer of the API",
    );
    expect(asked()).toBe("GGGG");
    expect(directory.wasMissing(ids[product])).toBe(false);
  });

  test.each<["Bastionhost" | "Eiam", string]>([
    ["Bastionhost", "Bastionhost"],
    ["Eiam", "EIAM"],
  ])("as %s, whose list shows the user that Gets do not find", async (product, name) => {
    const { directory } = directoryWith(product, {
      gets: [notFound(codeOf(product))],
      lists: () => page(product, [alice(product)]),
    });
    await expect(directory.find(wanted(product))).rejects.toMatchObject({
      name: "ApiFault",
      kind: "unavailable",
      code: "Contradiction",
      message:
        `${name} answered GetUser with "no such user", and ListUsers with that user. ` +
        "Nothing was dropped from the state. Run pulumi up again.",
    });
    expect(asked()).toBe("GGL");
    expect(directory.wasMissing(ids[product])).toBe(false);
  });

  test("as RAM, whose list shows the user that a Get does not find", async () => {
    const { directory } = directoryWith("Ram", {
      gets: [notFound("EntityNotExist.User")],
      lists: () => page("Ram", [{ UserId: "7", UserName: "alicia" }]),
    });
    expect(await directory.find(wanted("Ram"))).toMatchObject({ UserName: "alicia" });
    expect(asked()).toBe("GL");
  });

  test.each(["Bastionhost", "Eiam"] as const)("as %s, whose list fails", async (product) => {
    const { directory } = directoryWith(product, {
      gets: [notFound(codeOf(product))],
      lists: () => ({ status: 403, body: { RequestId: "r", Code: "NoPermission", Message: "No." } }),
    });
    await expect(directory.find(wanted(product))).rejects.toMatchObject({ code: "NoPermission" });
  });
});

describe("a user is gone when two Gets and the list agree", () => {
  test.each(goneCodes)("of %s: %s", async (product, code) => {
    const { directory, clock } = directoryWith(product, {
      gets: [notFound(code)],
      lists: () => page(product, [{ UserId: "8", [nameKey(product)]: "bob" }]),
    });
    expect(await directory.find(wanted(product))).toBeUndefined();
    expect(clock.slept).toBe(500);
    expect(asked()).toBe(product === "Ram" ? "GLG" : "GGL");
    expect(directory.wasMissing(ids[product])).toBe(true);
  });

  test.each(["Ram", "Bastionhost", "Eiam"] as const)(
    "of %s, though somebody else bears the name now",
    async (product) => {
      const other = { UserId: "8", [nameKey(product)]: "alice" };
      const { directory } = directoryWith(product, {
        gets: [product === "Ram" ? shown(other) : notFound(codeOf(product))],
        lists: () => page(product, [other]),
      });
      expect(await directory.find(wanted(product))).toBeUndefined();
    },
  );

  test("and is looked for in the list by its name, which may be the beginning of others", async () => {
    const names: (string | undefined)[] = [];
    const { directory } = directoryWith("Eiam", {
      gets: [notFound("ResourceNotFound.User")],
      lists: (params) => {
        names.push(params.UsernameStartsWith);
        return page("Eiam", [{ UserId: "user_7", Username: "alice2" }]);
      },
    });
    expect(await directory.find(wanted("Eiam"))).toBeUndefined();
    expect(names).toEqual(["alice"]);
  });

  test("and by two Gets alone where its name is not known", async () => {
    const { directory } = directoryWith("Bastionhost", {
      gets: [notFound("UserNotFound")],
      lists: () => page("Bastionhost", []),
    });
    expect(await directory.find(wanted("Bastionhost", { name: undefined }))).toBeUndefined();
    expect(asked()).toBe("GG");
  });

  test("and was not missing any more when it is found later", async () => {
    const { directory } = directoryWith("Eiam", {
      gets: [notFound("ResourceNotFound.User"), notFound("ResourceNotFound.User"), shown(alice("Eiam"))],
      lists: () => page("Eiam", []),
    });
    await directory.find(wanted("Eiam"));
    expect(directory.wasMissing("user_7")).toBe(true);
    await directory.find(wanted("Eiam"));
    expect(directory.wasMissing("user_7")).toBe(false);
  });
});

describe("many missing users", () => {
  const missing = (product: ProductName, number: number) =>
    wanted(product, {
      userId: product === "Eiam" ? `user_x${number}` : `${9000 + number}`,
      name: `x${number}`,
    });

  test.each<["Bastionhost" | "Eiam"]>([["Bastionhost"], ["Eiam"]])(
    "of %s share pages of the list, once those cost no more than looking for each",
    async (product) => {
      const everyone = Array.from({ length: 250 }, (_, at) => ({
        UserId: String(at),
        [nameKey(product)]: `u${at}`,
      }));
      const { directory } = directoryWith(product, {
        gets: [notFound(codeOf(product))],
        lists: ({ UserName, UsernameStartsWith, PageNumber }) => {
          if (UserName ?? UsernameStartsWith) return page(product, []);
          const from = 100 * (Number(PageNumber) - 1);
          return { body: { RequestId: "r", Users: everyone.slice(from, from + 100), TotalCount: 250 } };
        },
      });
      for (let number = 0; number < 20; number++)
        expect(await directory.find(missing(product, number))).toBeUndefined();
      expect(asked().replaceAll("G", "")).toHaveLength(5);
      expect(asked().replaceAll("L", "")).toHaveLength(40);
    },
  );

  test("of RAM share one list", async () => {
    const { directory } = directoryWith("Ram", {
      gets: [notFound("EntityNotExist.User")],
      lists: () => page("Ram", []),
    });
    for (let number = 0; number < 20; number++)
      expect(await directory.find(missing("Ram", number))).toBeUndefined();
    expect(asked().replaceAll("G", "")).toBe("L");
  });

  test("do not have pages read for them that cannot prove anything, after they were written", async () => {
    const names: (string | undefined)[] = [];
    const { directory } = directoryWith("Bastionhost", {
      gets: [notFound("UserNotFound")],
      lists: (params) => {
        names.push(params.UserName);
        return page("Bastionhost", []);
      },
    });
    await directory.find(missing("Bastionhost", 1));
    directory.invalidate(missing("Bastionhost", 2).userId);
    await directory.find(missing("Bastionhost", 2));
    expect(names).toEqual(["x1", "x2"]);
  });

  test("are asked for in a list of now, where pages of before show them", async () => {
    const { directory } = directoryWith("Bastionhost", {
      gets: [notFound("UserNotFound")],
      lists: () => page("Bastionhost", [alice("Bastionhost")]),
    });
    await directory.find(wanted("Bastionhost", { fresh: false, declaredCount: 8 }));
    expect(asked()).toBe("L");
    await expect(directory.find(wanted("Bastionhost"))).rejects.toMatchObject({ code: "Contradiction" });
    expect(asked()).toBe("LGGL");
  });

  test("are not proven by pages of a list from before the user was written", async () => {
    const { directory } = directoryWith("Bastionhost", {
      gets: [notFound("UserNotFound")],
      lists: () => page("Bastionhost", [alice("Bastionhost")]),
    });
    await directory.find(wanted("Bastionhost", { fresh: false, declaredCount: 8 }));
    directory.invalidate("7");
    await expect(directory.find(wanted("Bastionhost"))).rejects.toMatchObject({ code: "Contradiction" });
  });
});
