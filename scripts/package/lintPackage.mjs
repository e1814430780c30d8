// `node scripts/package/lintPackage.mjs TARBALL`: what publint and Are The Types Wrong find in a packed package.
import { readFileSync } from "node:fs";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { problemKindInfo } from "@arethetypeswrong/core/problems";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const tarball = readFileSync(process.argv[2]);

async function problemsOfPackage() {
  const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg)}`);
}

async function problemsOfTypes() {
  const { problems = [] } = await checkPackage(createPackageFromTarballData(tarball));
  return problems.map((problem) => {
    const { title } = problemKindInfo[problem.kind];
    return `types: ${title}: ${JSON.stringify(problem)}`;
  });
}

const problems = [...(await problemsOfPackage()), ...(await problemsOfTypes())];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
