import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "..");

test("every file that DESIGN.md names exists", () => {
  const named = readFileSync(path.join(root, "DESIGN.md"), "utf8").matchAll(
    /`((?:[\w.-]+\/)+[\w-]+\.(?:ts|cjs|json))`/g,
  );
  const files = [...named].map(([, file]) => file!);
  // Signing in is told in names below provider.
  const places = (file: string) =>
    [file, `provider/${file}`, `provider/core/${file}`].map((each) => path.join(root, each));
  expect(files.length).toBeGreaterThan(15);
  expect(files.filter((file) => !places(file).some(existsSync))).toEqual([]);
});
