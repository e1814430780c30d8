import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { htmlFormat } from "../cli/drift/html/htmlFormat";
import { everyStatus } from "../tests/support/sampleReport";
import { run } from "../scripts/toolchain/run";

const usage = "npm run proof -- accessibility [<path of Chromium or Chrome>]";

/** The page's colour schemes, by Chromium's numbers for them. */
const schemes = { dark: 0, light: 1 } as const;

interface Violation {
  id: string;
  help: string;
  nodes: { target: string[] }[];
}

/** The page with axe-core in it, which writes what it finds into the page; without the policy that forbids other scripts. */
async function auditedPage(): Promise<string> {
  const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  const audit = `axe.run().then(({ violations, passes }) => {
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const found = { violations, passed: passes.length, scheme: isDark ? "dark" : "light" };
    document.body.innerHTML = '<pre id="found">' + btoa(unescape(encodeURIComponent(JSON.stringify(found)))) + "</pre>";
  });`;
  return htmlFormat(everyStatus())
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")
    .replace("</body>", () => `<script>${axe}</script><script>${audit}</script></body>`);
}

/** What axe-core finds in the page under a colour scheme. */
async function audit(chromium: string, file: string, scheme: keyof typeof schemes): Promise<Violation[]> {
  const profile = path.join(path.dirname(file), scheme);
  const { stdout, stderr } = await run(
    chromium,
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-sync",
      "--disable-background-networking",
      "--disable-component-update",
      `--user-data-dir=${profile}`,
      `--blink-settings=preferredColorScheme=${schemes[scheme]}`,
      "--virtual-time-budget=30000",
      "--dump-dom",
      pathToFileURL(file).href,
    ],
    { timeoutMs: 120_000 },
  );
  const found = /<pre id="found">([^<]+)/.exec(stdout)?.[1];
  if (found === undefined) throw new Error(`${chromium} did not show the page: ${stderr.slice(-500)}`);
  const { violations, passed, ...page } = JSON.parse(Buffer.from(found, "base64").toString("utf8")) as {
    violations: Violation[];
    passed: number;
    scheme: string;
  };
  if (page.scheme !== scheme) throw new Error(`${chromium} shows the page in ${page.scheme} only.`);
  console.log(`${scheme}: ${passed} rules passed, ${violations.length} violated`);
  for (const { id, help, nodes } of violations)
    console.log(`  ${id}: ${help} (${nodes.map(({ target }) => target.join(" ")).join(", ")})`);
  return violations;
}

async function main(): Promise<void> {
  const [chromium = process.env.CHROME_PATH ?? "chromium", ...more] = process.argv.slice(2);
  if (more.length > 0 || chromium.startsWith("-")) throw new Error(usage);
  const folder = await mkdtemp(path.join(tmpdir(), "pulumi-alicloud-users-page-"));
  try {
    const file = path.join(folder, "report.html");
    await writeFile(file, await auditedPage());
    for (const scheme of ["light", "dark"] as const)
      if ((await audit(chromium, file, scheme)).length > 0) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 2;
});
