import { readFileSync } from "node:fs";
import path from "node:path";
import { createCloud } from "../../emulator/cloud";
import { controlRoutes } from "../../emulator/control/controlRoutes";
import { type FaultKind, faultKinds } from "../../emulator/control/faultKinds";
import { defaultSettings } from "../../emulator/control/settings";

const page = readFileSync(path.join(__dirname, "../../docs/emulator.md"), "utf8");

/** The cells of the rows of the table with this first head, without backquotes. */
function rowsOf(head: string): string[][] {
  const [, , ...rows] = page
    .slice(page.search(new RegExp(`^\\| ${head} +\\|`, "m")))
    .split("\n\n")[0]!
    .split("\n");
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.replaceAll("`", "").trim()),
  );
}

test("docs/emulator.md has every control route, and no other", () => {
  const { routes } = controlRoutes(createCloud({}));
  const served = routes.filter(({ method }) => method !== "ALL");
  const written = rowsOf("route").map(([route]) => route);
  expect(written.sort()).toEqual(served.map((route) => `${route.method} /_emulator${route.path}`).sort());
});

test("docs/emulator.md has every setting, and no other", () => {
  expect(rowsOf("setting").map(([name]) => name)).toEqual(Object.keys(defaultSettings));
});

test("docs/emulator.md has every kind of fault, with whether the work is done", () => {
  const kinds = Object.entries<FaultKind>(faultKinds);
  const expected = kinds.map(([name, { isDone }]) => [name, isDone ? "yes" : "no"]);
  expect(rowsOf("kind").map(([name, , isDone]) => [name, isDone])).toEqual(expected);
});
