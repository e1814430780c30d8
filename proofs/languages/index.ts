import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmulator } from "../../emulator";
import { resources } from "../../provider/resources";
import { go } from "./go";
import type { Language } from "./language";
import { python } from "./python";
import { playReadme } from "./readme";
import { exampleFile } from "../../scripts/schema/examples";
import { createStack } from "../../tests/support/stack";

const secrets = { bobPassword: "Correct-Horse-7", carolPassword: "Correct-Horse-7" };

/** Brings the example up in an emulated account, sees that nothing is left to do, and destroys it. */
async function play(type: string, language: Language, folder: string, PATH: string): Promise<void> {
  const program = path.join(folder, language.name, type);
  await mkdir(program, { recursive: true });
  await writeFile(path.join(program, "Pulumi.yaml"), `name: test\nruntime: ${language.name}\n`);
  await copyFile(exampleFile(type, language.name), path.join(program, language.program));
  await language.layOut?.(program, folder);
  const emulator = await startEmulator();
  const access = { ALIBABA_CLOUD_ACCESS_KEY_ID: "testid", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "testsecret" };
  const env = { ...access, ALICLOUD_USERS_ENDPOINT: emulator.url, PATH };
  const stack = await createStack({ program, secrets, env });
  try {
    for (const outcome of [
      await stack.up(),
      await stack.preview(["--expect-no-changes"]),
      await stack.destroy(),
    ]) {
      console.log(outcome.stdout);
      if (outcome.exitCode !== 0) throw new Error(`The example of ${type} failed:\n${outcome.stderr}`);
    }
  } finally {
    await stack.remove();
    await emulator.close();
  }
}

/** `npm run proof -- languages`: the README's quick start in Python, and the schema's examples in Python and Go, with generated SDKs. */
async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "pulumi-alicloud-users-languages-"));
  try {
    for (const language of [python, go]) {
      const PATH = await language.prepare(folder);
      if (language === python) await playReadme("Python", folder, PATH);
      for (const { type } of resources) await play(type, language, folder, PATH);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
