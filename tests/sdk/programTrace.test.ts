import * as pulumi from "@pulumi/pulumi";
import { RamUser } from "../../sdk";
import { traceProgramOnly } from "../../sdk/programTrace";

const { prepareStackTrace } = Error;
const sdk = pulumi.Resource as unknown as { stackTrace?: () => unknown };
const { stackTrace } = sdk;

const users: RamUser[] = [];
const declareUser = (opts?: pulumi.CustomResourceOptions): void =>
  void users.push(new RamUser(`user-${users.length}`, { userName: "user", displayName: "User" }, opts));

/** How many traces are put into words while some work is done. */
function tracesOf(work: () => void): number {
  let traces = 0;
  Error.prepareStackTrace = (error, frames) => {
    traces++;
    return prepareStackTrace?.(error, frames) as unknown;
  };
  work();
  return traces;
}

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
    call: () => ({}),
  }),
);
afterAll(() => Promise.all(users.map(({ urn }) => new Promise((resolve) => urn.apply(resolve)))));
afterEach(() => {
  Error.prepareStackTrace = prepareStackTrace;
  sdk.stackTrace = stackTrace;
  delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
});

test("one trace is worked out for a user: the one that names its line", () => {
  expect(tracesOf(declareUser)).toBe(1);
});

test("whoever looks for leaked promises gets their traces", () => {
  process.env.PULUMI_DEBUG_PROMISE_LEAKS = "1";
  expect(tracesOf(declareUser)).toBeGreaterThan(10);
});

test("an error thrown while a user is constructed has its whole trace, and leaves no other trace changed", () => {
  const transform = (): undefined => {
    throw new Error("Not today.");
  };
  let thrown: unknown;
  try {
    declareUser({ transformations: [transform] });
  } catch (error) {
    thrown = error;
  }
  expect((thrown as Error).stack).toMatch(/Not today\.[^]*transform [^]*declareUser /);
  expect([Error.prepareStackTrace, sdk.stackTrace]).toEqual([prepareStackTrace, stackTrace]);
});

test("an SDK that notes no positions is left as it is", () => {
  sdk.stackTrace = undefined;
  const restore = traceProgramOnly();
  expect(sdk.stackTrace).toBeUndefined();
  restore();
  expect(sdk.stackTrace).toBeUndefined();
});
