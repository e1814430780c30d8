import * as pulumi from "@pulumi/pulumi";
import { RamUser } from "../../sdk";
import { traceProgramOnly } from "../../sdk/programTrace";

const { prepareStackTrace, stackTraceLimit } = Error;
const sdk = pulumi.Resource as unknown as { stackTrace?: () => unknown };
const { stackTrace } = sdk;

const users: RamUser[] = [];
const declareUser = (opts?: pulumi.CustomResourceOptions): void =>
  void users.push(new RamUser(`user-${users.length}`, { userName: "user", displayName: "User" }, opts));

/** How many stack traces are captured and formatted while some work is done. */
function tracesOf(work: () => void): number {
  let traces = 0;
  Error.prepareStackTrace = (error, frames) => {
    if (frames.length > 0) traces++;
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
  Object.assign(Error, { prepareStackTrace, stackTraceLimit });
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

test("errors of a transformation have as many frames as the program wants, also after it declared another resource", () => {
  const limits: number[] = [];
  const transform = (): undefined => {
    limits.push(Error.stackTraceLimit);
    new pulumi.ComponentResource("test:index:Team", "team");
    limits.push(Error.stackTraceLimit);
    declareUser();
    limits.push(Error.stackTraceLimit);
  };
  Error.stackTraceLimit = 7;
  expect(tracesOf(() => declareUser({ transformations: [transform] }))).toBeGreaterThan(2);
  expect(limits).toEqual([7, 7, 7]);
});

test("an error thrown while a user is constructed has its whole trace, and both changes are taken back", () => {
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
  expect([Error.stackTraceLimit, sdk.stackTrace]).toEqual([stackTraceLimit, stackTrace]);
});

test("an SDK without that function stays as it is", () => {
  sdk.stackTrace = undefined;
  const restore = traceProgramOnly();
  expect(sdk.stackTrace).toBeUndefined();
  restore();
  expect(sdk.stackTrace).toBeUndefined();
});
