import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { archiveName, download, isReachable, parseChecksums } from "../../scripts/toolchain/official";
import { programs } from "../../scripts/toolchain/place";
import { cliVersion } from "../../scripts/toolchain/version";
import { temporaryFolder } from "../support/temporaryFolder";

const archive = archiveName()!;
const checksums = `pulumi-${cliVersion}-checksums.txt`;
const files = new Map<string, Buffer>();
let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const file = files.get(request.url!.slice(1));
    response.writeHead(file ? 200 : 404).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

async function publish(): Promise<Buffer> {
  const folder = await temporaryFolder();
  mkdirSync(path.join(folder, "pulumi"));
  for (const name of Object.values(programs)) writeFileSync(path.join(folder, "pulumi", name), name);
  execFileSync("tar", ["-czf", archive, "pulumi"], { cwd: folder });
  const content = readFileSync(path.join(folder, archive));
  files.set(archive, content);
  return content;
}

function publishChecksum(content: Buffer): void {
  const sum = createHash("sha256").update(content).digest("hex");
  files.set(checksums, Buffer.from(`${"0".repeat(64)}  other.zip\n${sum}  ${archive}\n`));
}

async function emptyBin(): Promise<string> {
  const bin = path.join(await temporaryFolder(), "bin");
  mkdirSync(bin);
  return bin;
}

describe("download", () => {
  it("unpacks a release whose checksum is the published one", async () => {
    publishChecksum(await publish());
    const bin = await emptyBin();
    await download(bin, base);
    expect(readdirSync(bin)).toEqual(Object.values(programs).sort());
    expect(readdirSync(path.dirname(bin))).toEqual(["bin"]);
  });

  it("refuses a release with another checksum", async () => {
    await publish();
    publishChecksum(Buffer.from("something else"));
    const bin = await emptyBin();
    await expect(download(bin, base)).rejects.toThrow(/not the published/);
    expect(readdirSync(bin)).toEqual([]);
  });

  it("says which address did not answer", async () => {
    files.clear();
    await expect(download(await emptyBin(), base)).rejects.toThrow(`${base}/${checksums} answered 404.`);
  });
});

describe("isReachable", () => {
  it("asks for the release's checksums", async () => {
    files.set(checksums, Buffer.from(""));
    expect(await isReachable(base)).toBe(true);
    files.clear();
    expect(await isReachable(base)).toBe(false);
  });

  it("takes a site that refuses the connection as out of reach", async () => {
    expect(await isReachable("http://127.0.0.1:1")).toBe(false);
  });

  it("does not wait for a site that never answers", async () => {
    const mute = createServer(() => {});
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`;
    expect(await isReachable(address, 20)).toBe(false);
    mute.closeAllConnections();
    mute.close();
  });
});

describe("parseChecksums", () => {
  it("reads the lines of sha256sum in text and binary mode", () => {
    const one = "a".repeat(64);
    const other = "B".repeat(64);
    const text = `${one}  pulumi-v1.0.0-linux-x64.tar.gz\r\n${other} *pulumi-v1.0.0-windows-x64.zip\n\nnot a line\n`;
    expect([...parseChecksums(text)]).toEqual([
      ["pulumi-v1.0.0-linux-x64.tar.gz", one],
      ["pulumi-v1.0.0-windows-x64.zip", other.toLowerCase()],
    ]);
  });
});

describe("archiveName", () => {
  it("follows the names of the release site", () => {
    expect(archiveName("linux", "x64")).toBe(`pulumi-v${cliVersion}-linux-x64.tar.gz`);
    expect(archiveName("darwin", "arm64")).toBe(`pulumi-v${cliVersion}-darwin-arm64.tar.gz`);
    expect(archiveName("win32", "x64")).toBe(`pulumi-v${cliVersion}-windows-x64.zip`);
    expect(archiveName("linux", "riscv64")).toBeUndefined();
    expect(archiveName("sunos", "x64")).toBeUndefined();
  });
});
