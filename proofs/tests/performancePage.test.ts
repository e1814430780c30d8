import { readFileSync } from "node:fs";
import { performancePage, withFigures } from "../bench/performancePage";

const page = `# Page

<!-- bench peers -->

old

<!-- end of bench peers -->

the rest
`;
const figures = [
  { name: "preview against plan", value: 0.4321, unit: "", atMost: 0.5, detail: "8.2 s beside 17.0 s" },
  { name: "calls of preview", value: 1, unit: "calls" },
];

test("the figures of a part replace the table that stood in its place, and nothing else", () => {
  const written = withFigures(page, "peers", figures, "2026-11-25");
  expect(written.replace(/ {2,}/g, " ").replace(/-{3,}/g, "---")).toBe(`# Page

<!-- bench peers -->

| what | figure | bound | times |
| --- | --- | --- | --- |
| preview against plan | 0.432 | at most 0.5 | 8.2 s beside 17.0 s |
| calls of preview | 1 calls | | |

${/^Measured on 2026-11-25, .*$/m.exec(written)![0]}

<!-- end of bench peers -->

the rest
`);
});

test("a part without a place leaves the page as it is", () => {
  expect(withFigures(page, "wall", figures, "2026-11-25")).toBe(page);
});

test.each(["peers", "checkpoints"])("the page of figures has a place for %s", (part) => {
  const text = readFileSync(performancePage, "utf8");
  expect(withFigures(text, part, figures, "2026-11-25")).not.toBe(text);
});
