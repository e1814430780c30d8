import { readFileSync } from "node:fs";
import { products as emulated } from "../emulator/products";
import type { ProductName } from "../emulator";
import type { Resource } from "../provider/core/resource";
import { resources } from "../provider/resources";
import { callsOf, carriersOf, file, parametersPage, rowsOfPage } from "../scripts/parameters";
import { pages, spared } from "../scripts/parameters/pages";

const documented = resources.flatMap((resource) =>
  Object.keys(pages[resource.product] ?? {}).map((action) => ({
    title: `${resource.product} ${action}`,
    resource,
    action,
  })),
);

const carried = new Map(resources.map((resource) => [resource, carriersOf(resource)]));

const rowsFor = (resource: Resource, action: string) =>
  rowsOfPage(resource, action, carried.get(resource) ?? carriersOf(resource));

test("docs/parameters.md is what `npm run parameters` makes", () => {
  expect(readFileSync(file, "utf8")).toBe(parametersPage());
});

test.each(documented)("something carries every parameter of $title", ({ resource, action }) => {
  const lost = rowsFor(resource, action).filter(([, carrier]) => carrier === "nothing");
  expect(lost).toEqual([]);
});

test.each(documented)(
  "the page of $title names the parameters that the emulator takes",
  ({ resource, action }) => {
    const { accepted = [] } = emulated[resource.product as ProductName].actions[action] ?? {};
    const named = (pages[resource.product]?.[action] ?? "").split(" ").map((name) => name.split(".")[0]);
    expect([...new Set(named)].sort()).toEqual([...accepted].sort());
  },
);

test.each(resources)(
  "every action that is sent for a $type has its page, and every page is sent",
  (resource) => {
    const sent = new Set(callsOf(resource).map(({ action }) => action));
    expect([...sent].sort()).toEqual(Object.keys(pages[resource.product] ?? {}).sort());
  },
);

test.each(resources)("a $type sends no parameter that its page does not name", (resource) => {
  const named = Object.entries(pages[resource.product] ?? {}).flatMap(([action, parameters]) =>
    parameters.split(" ").map((parameter) => `${action} ${parameter}`),
  );
  expect([...(carried.get(resource) ?? []).keys()].filter((key) => !named.includes(key))).toEqual([]);
});

test.each(resources)("every attribute of a $type carries a parameter", (resource) => {
  const carriers = [...(carried.get(resource) ?? []).values()].join();
  const purposes = callsOf(resource).map(({ when }) => when);
  const idle = Object.keys(resource.attributes).filter(
    (name) => ![carriers, ...purposes].join().includes(`\`${name}\``),
  );
  expect(idle).toEqual([]);
});

test("a parameter is spared only where nothing carries it", () => {
  for (const key of Object.keys(spared)) {
    const [product, action, parameter] = key.split(" ");
    const resource = resources.find((each) => each.product === product);
    expect(pages[product ?? ""]?.[action ?? ""]?.split(" ")).toContain(parameter);
    expect(resource && carried.get(resource)?.has(`${action} ${parameter}`)).toBe(false);
  }
});

test("an attribute that leaves its table leaves its parameters to nothing", () => {
  const [ramUser] = resources as [Resource];
  const { comments: _comments, ...attributes } = ramUser.attributes;
  const rows = rowsFor({ ...ramUser, attributes }, "UpdateUser");
  expect(rows.at(-1)).toEqual(["`NewComments`", "nothing", "–", "–"]);
});
