import { readFileSync } from "node:fs";
import { callsOf } from "../provider/core/calls";
import type { Resource } from "../provider/core/resource";
import { resources } from "../provider/resources";
import { pagesFile } from "../scripts/parameters";
import { leftOut } from "../scripts/parameters/leftOut";
import {
  carrierOf,
  parametersOf,
  parametersPage,
  unknownParameters,
} from "../scripts/parameters/parametersPage";

/** Each parameter that the emulator takes from the API's pages, with what carries it. */
const carriersOf = (resource: Resource) =>
  callsOf(resource).flatMap((call) =>
    parametersOf(resource, call.action).map((parameter) => ({
      key: `${resource.service} ${call.action} ${parameter}`,
      carrier: carrierOf(resource, call, parameter),
    })),
  );

/** The parameters that nothing carries. */
const uncarried = (resource: Resource) =>
  carriersOf(resource).flatMap(({ key, carrier }) => (carrier === undefined ? [key] : []));

test("docs/parameters.md is what `npm run generate` makes", () => {
  expect(readFileSync(pagesFile, "utf8")).toBe(parametersPage());
});

test("every parameter of every call is carried, or left out for a reason", () => {
  expect(resources.flatMap(carriersOf).length).toBeGreaterThan(100);
  expect(resources.flatMap(uncarried)).toEqual(Object.keys(leftOut));
});

test.each(resources.map((resource) => [resource.type, resource] as const))(
  "the calls of a %s are actions of its API, which take what its attributes send",
  (_type, resource) => {
    const calls = callsOf(resource);
    expect(calls.filter(({ action }) => parametersOf(resource, action).length === 0)).toEqual([]);
    expect(unknownParameters(resource)).toEqual([]);
    const carried = calls.flatMap(({ attributes = {} }) => Object.values(attributes));
    expect(Object.keys(resource.attributes).filter((name) => !carried.includes(name))).toEqual([]);
  },
);

test("the parameters of an attribute that leaves its table are carried by nothing", () => {
  const [ram] = resources as [Resource];
  const { comments: _, ...attributes } = ram.attributes;
  expect(uncarried({ ...ram, attributes })).toEqual([
    "Ram CreateUser Comments",
    "Ram UpdateUser NewComments",
    "Ram DetachPolicyFromUser ResourceGroupId",
  ]);
});
