import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findSecrets, findSecretsInFiles } from "./findSecrets";

const secret = `Sécret "7"/+ <&'`;

describe("a planted secret is found", () => {
  it.each([
    ["plain", secret],
    ["percent-encoded", encodeURIComponent(secret)],
    ["percent-encoded twice", encodeURIComponent(encodeURIComponent(secret))],
    ["as form data", new URLSearchParams({ a: secret }).toString()],
    ["in JSON", JSON.stringify({ a: secret })],
    ["in JSON in JSON", JSON.stringify(JSON.stringify({ a: secret }))],
    ["in JSON with slashes escaped", JSON.stringify(secret).replaceAll("/", "\\/")],
    ["in entities", [...secret].map((each) => `&#${each.codePointAt(0)};`).join("")],
    ["in named entities", "S\u00e9cret &quot;7&quot;/+ &lt;&amp;&#39;"],
    ["in hexadecimal", Buffer.from(secret).toString("hex")],
    ...["", "x", "xy"].map((before) => ["in base64", Buffer.from(`${before}${secret}.`).toString("base64")]),
    ["in other letter case", secret.toUpperCase()],
  ])("%s", (_how, spelling) => {
    expect(findSecrets(`before ${spelling} after`, [secret, "another secret"])).not.toEqual([]);
    expect(findSecrets(`before ${spelling} after`, ["another secret"])).toEqual([]);
  });

  it("in a file of a folder", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "planted-"));
    await writeFile(path.join(folder, "a.json"), JSON.stringify({ secret }));
    await writeFile(path.join(folder, "b.json"), "{}");
    expect(await findSecretsInFiles(folder, [secret])).toEqual([expect.stringMatching(/^a\.json: S.cret/)]);
    await rm(folder, { recursive: true });
  });
});
