import { writeFileSync } from "node:fs";
import path from "node:path";
import { reliabilityFile, reliabilityPage } from "../../tests/reliability/data/page";
import { type MutationResult, scoreOf, writeMutationResult } from "../../tests/reliability/data/results";

/** The least share of mutants that the tests have to notice, in percent. */
const least = 85;

const folders = ["provider/core", "provider/api"] as const;

/** What became of a mutant, as Stryker tells it. */
interface MutantResult {
  status: "Killed" | "Timeout" | "Survived" | "NoCoverage" | "Ignored" | "CompileError" | "RuntimeError";
  fileName: string;
  location: { start: { line: number } };
  mutatorName: string;
  replacement?: string;
}

interface StrykerModule {
  Stryker: new (options: object) => { runMutationTest(): Promise<MutantResult[]> };
}

/** Runs the unit tests against each mutant of these files, and resolves to what became of them. */
async function mutate(files: string[]): Promise<MutantResult[]> {
  // Named where the compiler does not look: a checkout has no packages of the proofs until one is run.
  const { Stryker } = (await import("@stryker-mutator/core" as string)) as StrykerModule;
  const stryker = new Stryker({
    mutate: files,
    testRunner: "inOneProcess",
    plugins: ["./proofs/mutation/inOneProcess.mjs"],
    coverageAnalysis: "perTest",
    ignoreStatic: true,
    timeoutMS: 15_000,
    timeoutFactor: 2,
    reporters: ["progress-append-only"],
  });
  return stryker.runMutationTest();
}

/** How many mutants of a folder were noticed by a test, and how many were not. */
function countsOf(folder: string, mutants: readonly MutantResult[]): MutationResult["folders"][number] {
  const own = mutants.filter(({ fileName }) => path.relative(process.cwd(), fileName).startsWith(folder));
  const count = (...statuses: MutantResult["status"][]) =>
    own.filter(({ status }) => statuses.includes(status)).length;
  return {
    folder,
    noticed: count("Killed", "Timeout"),
    survived: count("Survived"),
    uncovered: count("NoCoverage"),
  };
}

/** Says where each mutant stands that no test noticed. */
function sayUnnoticed(mutants: readonly MutantResult[]): void {
  for (const { status, fileName, location, mutatorName, replacement } of mutants)
    if (status === "Survived" || status === "NoCoverage")
      console.log(
        `${path.relative(process.cwd(), fileName)}:${location.start.line + 1}: ${mutatorName} -> ${replacement?.slice(0, 80)}`,
      );
}

/**
 * `npm run proof -- mutation`: how many changes of core and api the unit tests notice. With files, only their mutants are tried
 * and nothing is kept.
 */
async function main(): Promise<void> {
  const chosen = process.argv.slice(2);
  const mutants = await mutate(chosen.length > 0 ? chosen : folders.map((folder) => `${folder}/**/*.ts`));
  sayUnnoticed(mutants);
  if (chosen.length > 0) return;
  const counts = folders.map((folder) => countsOf(folder, mutants));
  counts.forEach((each) => console.log(`${each.folder}: ${scoreOf(each).toFixed(1)} %`));
  writeMutationResult({
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    folders: counts,
  });
  writeFileSync(reliabilityFile, reliabilityPage());
  process.exitCode = counts.every((each) => scoreOf(each) >= least) ? 0 : 1;
}

void main();
