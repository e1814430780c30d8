import { createRequire } from "node:module";
import path from "node:path";
import { jestExpect } from "@jest/expect";
import { ModernFakeTimers } from "@jest/fake-timers";
import * as circus from "jest-circus";
import { ModuleMocker } from "jest-mock";
import { register } from "tsx/cjs/api";

// A tenth of the random values is enough to notice a mutant, and a survivor meets them all.
process.env.HOSTILE_RUNS ??= "0.1";

/** Gives test files the globals of Jest. `jest.config.json` is not read: fake timers have Jest's defaults. */
function provideGlobals() {
  const timers = new ModernFakeTimers({
    config: { fakeTimers: {}, rootDir: process.cwd() },
    global: globalThis,
  });
  const mocker = new ModuleMocker(globalThis);
  const { describe, test, it, beforeAll, beforeEach, afterEach, afterAll } = circus;
  Object.assign(globalThis, {
    describe,
    test,
    it,
    beforeAll,
    beforeEach,
    afterEach,
    afterAll,
    expect: jestExpect,
  });
  globalThis.jest = {
    fn: (implementation) => mocker.fn(implementation),
    useFakeTimers: (config) => timers.useFakeTimers(config),
    useRealTimers: () => timers.useRealTimers(),
    advanceTimersByTime: (ms) => timers.advanceTimersByTime(ms),
    getTimerCount: () => timers.getTimerCount(),
  };
}

const hooksOf = (block, type) => block.hooks.filter((hook) => hook.type === type);

/** The tests below a block, each with the blocks around it, outermost first. */
function testsBelow(block, outer, file) {
  const blocks = [...outer, block];
  return block.children.flatMap((child) =>
    child.type === "describeBlock" ? testsBelow(child, blocks, file) : [asTest(child, blocks, file)],
  );
}

function asTest(test, blocks, file) {
  const names = [...blocks.slice(1).map(({ name }) => name), test.name];
  return {
    id: `${file} ${names.join(" ")}`,
    file,
    run: test.fn,
    blocks,
    before: blocks.flatMap((block) => hooksOf(block, "beforeEach")),
    after: blocks.flatMap((block) => hooksOf(block, "afterEach")).reverse(),
  };
}

/**
 * Loads test files into this process, each module once, and gives their tests: a test is
 * `{id, file, run, blocks, before, after}`, where `before` and `after` are its hooks in the order in which they run.
 */
export function collectTests(files) {
  provideGlobals();
  register();
  const load = createRequire(path.resolve("package.json"));
  return files.flatMap((file) => {
    circus.resetState();
    load(path.resolve(file));
    return testsBelow(circus.getState().rootDescribeBlock, [], file);
  });
}

/** The hooks that run once around the tests of a block. */
export const onceBefore = (block) => hooksOf(block, "beforeAll");
