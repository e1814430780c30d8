import { connect } from "../../provider/api/connect";
import { mostPages } from "../../provider/api/read/listReader";
import type { Wire } from "../../provider/core/wire";
import type { ProductName } from "../../emulator";
import { settingsFor } from "./account";
import { type Answer, useGateway } from "./gateway";
import { passingClock } from "./passingClock";
import { schemaOf } from "./schemaOf";

const gateway = useGateway();

type Lists = (params: Record<string, string>, before: number) => Wire;

/** A directory of an API that answers every list so, and finds nobody by a Get. */
function directoryWith(product: ProductName, lists: Lists) {
  const gone = { Ram: "EntityNotExist.User", Bastionhost: "UserNotFound", Eiam: "ResourceNotFound.User" };
  gateway.answersEach((params, before): Answer => {
    if (params.Action === "ListUsers") return { body: { RequestId: "r", ...lists(params, before) } };
    return { status: 404, body: { RequestId: "r", Code: gone[product], Message: "" } };
  });
  return connect(settingsFor(gateway.url), { clock: passingClock() }).directory(
    schemaOf(product),
    {},
    undefined,
  );
}

const users = (from: number, count: number): Wire[] =>
  Array.from({ length: count }, (_, at) => ({ UserId: String(from + at), UserName: `u${from + at}` }));

const ramPage = (page: Wire[], Marker?: string): Wire => ({
  Users: { User: page },
  IsTruncated: Marker !== undefined,
  Marker,
});

const wanted = { userId: "99999", name: "nobody", fields: [], declaredCount: 64, fresh: false };

const endless = (product: string, problem: string): string =>
  `${product} answered with a list that does not end (${problem}). Nothing was dropped from the state. ` +
  "Run pulumi up again; if it happens again, tell the API's support.";

describe("a list without an end is a fault", () => {
  const noNewUser = "a page shows no further user, and more pages are said to follow";
  const knownCursor = "a page names one as the next that was read before";

  test.each<[string, ProductName, Lists, string, number]>([
    ["the same page again", "Ram", () => ramPage(users(1, 3), "m"), noNewUser, 2],
    ["an empty page with more to come", "Ram", () => ramPage([], "m"), noNewUser, 1],
    [
      ...(["the same Marker again", "Ram"] as const),
      (_params, at) => ramPage(users(10 * at, 3), "m"),
      ...([knownCursor, 2] as const),
    ],
    [
      ...(["Markers in a circle", "Ram"] as const),
      (_params, at) => ramPage(users(10 * at, 3), at % 2 === 0 ? "a" : "b"),
      ...([knownCursor, 3] as const),
    ],
    [
      ...(["the same page for every number", "Bastionhost"] as const),
      () => ({ Users: users(1, 100), TotalCount: 5000 }),
      ...([noNewUser, 2] as const),
    ],
    [
      ...(["a first page without the users it counts", "Eiam"] as const),
      () => ({ Users: [], TotalCount: 5 }),
      ...([noNewUser, 1] as const),
    ],
  ])("%s, %s", async (_what, product, lists, problem, calls) => {
    const sentence = endless(product === "Ram" ? "RAM" : product === "Eiam" ? "EIAM" : product, problem);
    const fault = { name: "ApiFault", kind: "unavailable", code: "EndlessList", message: sentence };
    await expect(directoryWith(product, lists).search({})).rejects.toMatchObject(fault);
    expect(gateway.received).toHaveLength(calls);
    gateway.received.length = 0;
    await expect(directoryWith(product, lists).find(wanted)).rejects.toMatchObject(fault);
    expect(gateway.received.filter(({ body }) => body.includes("ListUsers"))).toHaveLength(calls);
  });

  test.each<[ProductName, Lists]>([
    ["Ram", (_params, at) => ramPage(users(1 + at, 1), `m${at}`)],
    ["Bastionhost", (_params, at) => ({ Users: users(1 + at, 1), TotalCount: String(at + 2) })],
  ])("and pages of new users for ever, after a thousand pages: %s", async (product, lists) => {
    const sentence = `does not end (more than ${mostPages} pages are said to follow)`;
    await expect(directoryWith(product, lists).search({})).rejects.toThrow(sentence);
    expect(gateway.received).toHaveLength(1000);
  });
});

describe("a list has its end", () => {
  const pagesOf = (sizes: number[], TotalCount: number): Lists => {
    return ({ PageNumber }) => {
      const at = Number(PageNumber) - 1;
      const before = sizes.slice(0, at).reduce((sum, size) => sum + size, 0);
      return { Users: users(1 + before, sizes[at] ?? 0), TotalCount };
    };
  };

  test.each<[string, number[], number, number]>([
    ["with the last user that it counts", [100, 100, 50], 250, 3],
    ["where pages are smaller than asked for", [50, 50, 50], 150, 3],
    ["with an empty page, when users were deleted meanwhile", [100, 0], 150, 2],
    ["at once, when there is nobody", [0], 0, 1],
  ])("%s", async (_when, sizes, total, calls) => {
    const found = await directoryWith("Eiam", pagesOf(sizes, total)).search({});
    expect(found.map(({ UserId }) => UserId)).toEqual(
      users(
        1,
        sizes.reduce((sum, size) => sum + size, 0),
      ).map(({ UserId }) => UserId),
    );
    expect(gateway.received).toHaveLength(calls);
  });

  test("of RAM where nothing says that more follows, though the last page shows users again", async () => {
    const lists: Lists = ({ Marker }) => (Marker ? ramPage(users(2, 1)) : ramPage(users(1, 2), "m"));
    expect(await directoryWith("Ram", lists).search({})).toHaveLength(3);
  });
});

describe("an answer that is no page is a fault, and no empty account", () => {
  test.each<[ProductName, Wire, string]>([
    ["Ram", {}, "Users is missing"],
    ["Ram", { Users: {} }, "Users.User is missing"],
    ["Ram", { Users: [] }, "Users has another form"],
    ["Ram", { Users: "text" }, "Users has another form"],
    ["Ram", { Users: 5 }, "Users has another form"],
    ["Ram", { Users: { User: {} } }, "Users.User has another form"],
    ["Ram", { Users: { User: ["text"] } }, "Users.User.0 has another form"],
    ["Ram", { Users: { User: [{ UserId: "1" }] } }, "Users.User.0.UserName is missing"],
    ["Ram", { Users: { User: [] }, IsTruncated: true }, "Marker is missing, though IsTruncated is true"],
    [
      "Ram",
      { Users: { User: [] }, IsTruncated: true, Marker: "" },
      "Marker is missing, though IsTruncated is true",
    ],
    ["Ram", { Users: { User: [] }, IsTruncated: "true", Marker: "m" }, "IsTruncated has another form"],
    ["Ram", { Users: { User: [] }, Marker: 5 }, "Marker has another form"],
    ["Bastionhost", { TotalCount: 0 }, "Users is missing"],
    ["Bastionhost", { Users: { User: [] }, TotalCount: 0 }, "Users has another form"],
    ["Bastionhost", { Users: "text", TotalCount: 0 }, "Users has another form"],
    ["Bastionhost", { Users: [] }, "TotalCount is missing"],
    ["Bastionhost", { Users: [], TotalCount: "many" }, "TotalCount has another form"],
    ["Bastionhost", { Users: [], TotalCount: -1 }, "TotalCount has another form"],
    ["Bastionhost", { Users: users(1, 2), TotalCount: 1 }, "TotalCount is less than the number of Users"],
    ["Eiam", { Users: [5], TotalCount: 1 }, "Users.0 has another form"],
    ["Eiam", { Users: [{}], TotalCount: 1 }, "Users.0.UserId is missing"],
    ["Eiam", { Users: [{ UserId: null }], TotalCount: 1 }, "Users.0.UserId is missing"],
  ])("%s %j", async (product, page, problem) => {
    const message = `answered ListUsers with something that is not an answer of the API (${problem})`;
    await expect(directoryWith(product, () => page).search({})).rejects.toThrow(message);
    await expect(directoryWith(product, () => page).find(wanted)).rejects.toThrow(message);
  });
});
