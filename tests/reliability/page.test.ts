import { readFileSync } from "node:fs";
import { products } from "../../emulator/products";
import { matrixFaults } from "./data/faults";
import { reliabilityFile, reliabilityPage } from "./data/page";
import { writes } from "./data/writes";

test("docs/reliability.md is what `npm run generate` prints", () => {
  expect(readFileSync(reliabilityFile, "utf8")).toBe(reliabilityPage());
});

/** What the provider never does to a user. */
const notCalled = [
  "Ram CreateAccessKey",
  "Ram AttachPolicyToUser",
  "Ram CreateGroup",
  "Ram AddUserToGroup",
  "Ram CreateLoginProfile",
];

test("the matrix has every action of the emulated APIs that changes a user, but for those that are not called", () => {
  const covered = new Set(writes.map(({ product, action }) => `${product} ${action}`));
  const changes = Object.values(products).flatMap(({ name: product, actions }) =>
    Object.keys(actions).flatMap((action) =>
      /^(Get|List|AssumeRole)/.test(action) ? [] : [`${product} ${action}`],
    ),
  );
  expect(changes.filter((name) => !covered.has(name))).toEqual(notCalled);
});

test("the matrix has no two faults of one name", () => {
  const names = matrixFaults.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
