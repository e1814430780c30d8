import { readFileSync } from "node:fs";
import type { ProductName } from "../emulator";
import { productName, productNamed } from "../emulator/products";
import type { Resource } from "../provider/core/resource";
import { resources } from "../provider/resources";
import { pagesFile, parametersPage } from "../scripts/parameters";
import { callsOf, carriersOf } from "../scripts/parameters/carriers";
import { rowsOfPage } from "../scripts/parameters/everyPage";
import { overview } from "../scripts/parameters/overview";
import { pages, spared } from "../scripts/parameters/pages";

const kinds = resources.map((resource) => ({
  type: resource.type,
  resource,
  product: resource.service as ProductName,
  carriers: carriersOf(resource),
  documented: Object.entries(pages[resource.service] ?? {}).map(([action, parameters]) => ({
    action,
    parameters: parameters.split(" "),
  })),
}));

test("docs/parameters.md is what `npm run generate` makes", () => {
  expect(readFileSync(pagesFile, "utf8")).toBe(parametersPage());
});

describe.each(kinds)("a $type", ({ resource, product, carriers, documented }) => {
  test("has something that carries every parameter on its pages", () => {
    const rows = documented.flatMap(({ action }) =>
      rowsOfPage(resource, action, carriers).map(([parameter, carrier]) => [action, parameter, carrier]),
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(([, , carrier]) => carrier === "nothing")).toEqual([]);
  });

  test("has a table with every parameter of its update, and every attribute", () => {
    const [, shown = ""] = overview().split(`<summary>${resource.type}: `);
    const [own = ""] = shown.split("</details>");
    const update = documented.find(({ action }) => action === resource.update.action);
    const names = [...(update?.parameters ?? []), ...Object.keys(resource.attributes)];
    expect(names.filter((name) => !own.includes(`\`${name}\``))).toEqual([]);
  });

  test("sends no parameter that its pages do not name", () => {
    const named = documented.flatMap(({ action, parameters }) =>
      parameters.map((name) => `${action} ${name}`),
    );
    expect([...carriers.keys()].filter((key) => !named.includes(key))).toEqual([]);
  });

  test("has a page for every action that it sends, and sends every action of its pages", () => {
    const sent = new Set(callsOf(resource).map(({ action }) => action));
    expect([...sent].sort()).toEqual(documented.map(({ action }) => action).sort());
  });

  test("has pages with the parameters that the emulator takes", () => {
    const onPages = documented.map(({ action, parameters }) => {
      const names = parameters.map((name) => name.split(".")[0]);
      return [action, [...new Set(names)].sort()];
    });
    const taken = documented.map(({ action }) => {
      const { accepted = [] } = productNamed(productName.parse(product)).actions[action] ?? {};
      return [action, [...accepted].sort()];
    });
    expect(onPages).toEqual(taken);
  });

  test("has no attribute that carries nothing", () => {
    const said = [...carriers.values(), ...callsOf(resource).map(({ when }) => when)].join();
    expect(Object.keys(resource.attributes).filter((name) => !said.includes(`\`${name}\``))).toEqual([]);
  });

  test("is spared a parameter only where nothing carries it", () => {
    const keys = Object.keys(spared).filter((key) => key.startsWith(`${product} `));
    expect(keys.filter((key) => carriers.has(key.slice(product.length + 1)))).toEqual([]);
  });
});

test("parameters of an attribute that leaves its table are carried by nothing", () => {
  const [ram] = resources as [Resource];
  const attributes = Object.fromEntries(
    Object.entries(ram.attributes).filter(([name]) => name !== "comments"),
  );
  const bare = { ...ram, attributes };
  expect(rowsOfPage(bare, "UpdateUser", carriersOf(bare)).at(-1)).toEqual([
    "`NewComments`",
    "nothing",
    "–",
    "–",
  ]);
});
