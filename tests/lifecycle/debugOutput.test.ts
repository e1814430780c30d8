import path from "node:path";
import { pathToFileURL } from "node:url";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Account, bastionHost, openAccount } from "../support/account";
import { type EitherProcess, processes } from "../support/eitherProcess";

const secrets = ["Correct-Horse-7!", "Classified name", "testsecret", "testtoken"];
const user = {
  instanceId: bastionHost,
  source: "Local",
  userName: "ann",
  password: "Correct-Horse-7!",
  displayName: "Classified name",
};

let account: Account;
let provider: EitherProcess;

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
});
afterEach(async () => {
  await provider.stop();
  await account.empty();
});
afterAll(() => account.close());

/** What the process prints while it makes a user, until another module of it has spoken in the end. */
async function printedWith(
  start: (typeof processes)[number][1],
  variables: Record<string, string>,
): Promise<string> {
  const key = { ALIBABA_CLOUD_ACCESS_KEY_ID: "STS.testid", ALIBABA_CLOUD_SECURITY_TOKEN: "testtoken" };
  const options = {
    NODE_OPTIONS: `--import ${pathToFileURL(path.join(__dirname, "../support/printDebugLine.mjs"))}`,
  };
  provider = await start({ ...account.env, ...key, ...options, ...variables });
  await provider.create("BastionhostUser", user, ["displayName"]);
  const printed = provider.console().length;
  while (!provider.console().slice(printed).includes("still speaks"))
    await provider.check("BastionhostUser", user);
  return provider.console();
}

const readable = (text: string) => `${text}\n${text.replace(/(%[\da-f]{2})+/gi, decodeURIComponent)}`;

describe.each(processes)("the debug output of %s", (_name, start) => {
  it.each(["*", "*,-other:quiet", "other:*,httpx:*", "*,-httpx:body"])(
    "with DEBUG=%s holds no body, signature or header of a call, and keeps the output of other modules",
    async (DEBUG) => {
      const printed = readable(await printedWith(start, { DEBUG }));
      expect(secrets.filter((secret) => printed.includes(secret))).toEqual([]);
      expect(printed).not.toMatch(/Signature|x-acs-|HTTP\/1\.1/i);
    },
  );

  it("holds no secret when NODE_DEBUG prints connections", async () => {
    const variables = { DEBUG: "*", NODE_DEBUG: "http,https,net,tls,stream" };
    const printed = readable(await printedWith(start, variables));
    expect(printed).toMatch(/HTTP \d+:/);
    expect(secrets.filter((secret) => printed.includes(secret))).toEqual([]);
  });
});
