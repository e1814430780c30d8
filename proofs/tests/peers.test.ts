import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ensurePeers, peerPrograms } from "../peers/ensurePeers";
import { temporaryFolder } from "../../tests/support/temporaryFolder";

const silent = { done: () => {}, work: () => {} };
const pollMs = 2;

/** A source that writes both programs, or only the first and then fails. */
function builder({ isOpen = true, fails = false } = {}) {
  const built: string[] = [];
  const fill = async (folder: string) => {
    built.push(folder);
    await new Promise((resolve) => setImmediate(resolve));
    for (const name of Object.values(peerPrograms)) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), "");
      if (fails) throw new Error("it does not build");
    }
  };
  return { built, source: { isOpen: () => isOpen, fill } };
}

const newPlace = async () => path.join(await temporaryFolder(), "peers", "1");

describe("OpenTofu and its provider", () => {
  it("are built once for two runs at once, and not again later", async () => {
    const place = await newPlace();
    const { built, source } = builder();
    const ensure = () => ensurePeers(silent, source, place, pollMs);
    const [first, second] = await Promise.all([ensure(), ensure()]);
    expect(await ensure()).toEqual(first);
    expect(second).toEqual(first);
    expect(built).toHaveLength(1);
    expect(existsSync(first.tofu)).toBe(true);
    expect(readdirSync(path.dirname(place))).toEqual(["1"]);
  });

  it("lie where OpenTofu looks for a provider in a mirror of its registry", async () => {
    const { mirror } = await ensurePeers(silent, builder().source, await newPlace(), pollMs);
    const [file] = readdirSync(mirror, { recursive: true, encoding: "utf8" }).filter((name) =>
      path.basename(name).startsWith("terraform-provider"),
    );
    expect(file!.split(path.sep).join("/")).toMatch(
      /^registry\.opentofu\.org\/aliyun\/alicloud\/\d+\.\d+\.\d+\/[a-z]+_[a-z0-9]+\/terraform-provider-alicloud_v/,
    );
  });

  it("are in the cache as a whole or not at all when a build fails", async () => {
    const place = await newPlace();
    const failing = ensurePeers(silent, builder({ fails: true }).source, place, pollMs);
    await expect(failing).rejects.toThrow("it does not build");
    expect(readdirSync(path.dirname(place))).toEqual([]);
    await ensurePeers(silent, builder().source, place, pollMs);
    expect(existsSync(place)).toBe(true);
  });

  it("need Go, and an error says where to get it", async () => {
    const { source } = builder({ isOpen: false });
    const ensured = ensurePeers(silent, source, await newPlace(), pollMs);
    await expect(ensured).rejects.toThrow(/There is no Go to build OpenTofu with\..*go\.dev/);
  });
});
