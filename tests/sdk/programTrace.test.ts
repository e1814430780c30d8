import * as pulumi from "@pulumi/pulumi";
import { RamUser } from "../../sdk";
import { traceProgramOnly } from "../../sdk/programTrace";

const { prepareStackTrace } = Error;
const sdk = pulumi.Resource as unknown as { stackTrace?: () => unknown };
const { stackTrace } = sdk;

const users: RamUser[] = [];
const declareUser = (opts?: pulumi.CustomResourceOptions): void =>
  void users.push(new RamUser(`user-${users.length}`, { userName: "user", displayName: "User" }, opts));

/** How many stack traces are formatted while some work is done. */
function tracesOf(work: () => void): number {
  let traces = 0;
  Error.prepareStackTrace = (error, frames) => {
    traces++;
    return [error, ...frames.map((frame) => `    at ${frame}`)].join("\n");
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

test("declaring a user formats one stack trace: the one that names its line", () => {
  expect(tracesOf(declareUser)).toBe(1);
});

test("PULUMI_DEBUG_PROMISE_LEAKS formats the traces of all promises", () => {
  process.env.PULUMI_DEBUG_PROMISE_LEAKS = "1";
  expect(tracesOf(declareUser)).toBeGreaterThan(10);
});

test("a transformation runs under the program's own Error.prepareStackTrace, also after it declared another resource", () => {
  const formatters: unknown[] = [];
  const transform = (): undefined => {
    formatters.push(Error.prepareStackTrace);
    new pulumi.ComponentResource("test:index:Team", "team");
    formatters.push(Error.prepareStackTrace);
    declareUser();
    formatters.push(Error.prepareStackTrace);
  };
  expect(tracesOf(() => declareUser({ transformations: [transform] }))).toBeGreaterThan(2);
  expect(new Set(formatters)).toEqual(new Set([Error.prepareStackTrace]));
});

test("an error thrown while a user is constructed has its whole trace, and both functions are put back", () => {
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

test("an SDK without that function stays as it is", () => {
  sdk.stackTrace = undefined;
  const restore = traceProgramOnly();
  expect(sdk.stackTrace).toBeUndefined();
  restore();
  expect(sdk.stackTrace).toBeUndefined();
});
