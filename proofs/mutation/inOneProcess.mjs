import { readdirSync } from "node:fs";
import { INSTRUMENTER_CONSTANTS } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { DryRunStatus, MutantRunStatus, TestStatus } from "@stryker-mutator/api/test-runner";
import { collectTests, onceBefore } from "./collectTests.mjs";

const folders = ["tests/core", "tests/resources", "tests/api"];
const testFiles = () =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith(".test.ts"))
      .map((name) => `${folder}/${name}`),
  );

/** How long a test or a hook may take, in ms. The slowest takes 2 s. */
const timeout = 10_000;

/** Calls the function of a test or of a hook. Rejects when it fails, and after `timeout` ms. */
async function callInTime(run) {
  let timer;
  const tooLong = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took more than ${timeout} ms`)), timeout);
  });
  try {
    await Promise.race([run(), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

const instrumented = () => (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});

/**
 * A Stryker test runner that loads all tests once and then runs, for each mutant, the functions of the tests that reach it.
 * Stryker's own runner for Jest loads each test file for each mutant, which takes 20 times as long.
 *
 * Modules keep their state between mutants. When a test fails that also fails without the mutant, the process ends, and
 * Stryker repeats the mutant in a new one.
 */
class InOneProcess {
  #tests = [];
  #durations = new Map();
  #prepared = new Set();
  #fresh = true;

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init() {
    this.#tests = collectTests(testFiles());
  }

  async dryRun() {
    const results = [];
    for (const test of this.#tests) {
      const began = Date.now();
      instrumented().currentTestId = test.id;
      const failure = await this.#failureOf(test);
      instrumented().currentTestId = undefined;
      results.push({
        id: test.id,
        name: test.id,
        fileName: test.file,
        timeSpentMs: Date.now() - began,
        ...(failure === undefined
          ? { status: TestStatus.Success }
          : { status: TestStatus.Failed, failureMessage: failure }),
      });
    }
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: instrumented().mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    const chosen = testFilter && new Set(testFilter);
    const tests = this.#fastestFirst(this.#tests.filter(({ id }) => !chosen || chosen.has(id)));
    const activate = () =>
      Object.assign(instrumented(), { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit && 0 });
    const deactivate = () =>
      Object.assign(instrumented(), { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
    for (const test of tests) {
      await this.#prepare(test);
      activate();
      const failure = await this.#failureOf(test);
      const loops = hitLimit !== undefined && instrumented().hitCount > hitLimit;
      deactivate();
      if (loops) return { status: MutantRunStatus.Timeout, reason: "the mutant was reached too often" };
      if (failure === undefined) continue;
      if (!this.#fresh && (await this.#failureOf(test)) !== undefined) process.exit(1);
      this.#fresh = false;
      return {
        status: MutantRunStatus.Killed,
        killedBy: [test.id],
        failureMessage: failure,
        nrOfTests: tests.indexOf(test) + 1,
      };
    }
    this.#fresh = false;
    return { status: MutantRunStatus.Survived, nrOfTests: tests.length };
  }

  /** Runs what stands once before the tests around this one, with no mutant active. */
  async #prepare({ blocks }) {
    for (const block of blocks.filter((each) => !this.#prepared.has(each))) {
      this.#prepared.add(block);
      for (const hook of onceBefore(block)) await callInTime(hook.fn);
    }
  }

  #fastestFirst(tests) {
    const known = ({ id }) => this.#durations.get(id) ?? 0;
    return tests.sort((one, other) => known(one) - known(other));
  }

  /** The reason why a test failed, or undefined when it passed. */
  async #failureOf(test) {
    const began = Date.now();
    let failure;
    const attempt = async (run) => {
      try {
        await callInTime(run);
      } catch (error) {
        failure ??= String(error?.stack ?? error);
      }
    };
    await attempt(() => this.#prepare(test));
    for (const hook of test.before) await attempt(hook.fn);
    if (failure === undefined) await attempt(test.run);
    for (const hook of test.after) await attempt(hook.fn);
    if (failure === undefined) this.#durations.set(test.id, Date.now() - began);
    return failure;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "inOneProcess", InOneProcess)];
