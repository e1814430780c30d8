import { isRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import { linkOwnName } from "../../scripts/toolchain/ownName";
import { driftedKey, packHidden } from "../../provider/core/state";
import { type Account, openAccount } from "../support/account";
import { eiam, ram } from "../support/dynamicInputs";
import { type DynamicProcess, startDynamicProcess } from "../support/dynamicProcess";
import type { Properties } from "../support/providerProcess";

let account: Account;
let provider: DynamicProcess;

beforeAll(async () => {
  linkOwnName();
  account = await openAccount();
  provider = await startDynamicProcess(account.env);
});
afterAll(async () => {
  await provider.stop();
  await account.close();
});
afterEach(() => account.empty());

/** A user as the class declares it where the program has transforms that the engine calls. */
const transformed = (inputs: Properties): Properties => ({ ...inputs, ...packHidden({ transformed: true }) });

const alice = ram({ userName: "alice", displayName: "Classified", comments: "Open" });
const carol = eiam({ username: "carol", customFields: { nick_name: "Classified", age: "30" } });

const changeAlice = (change: Properties) =>
  account.admin.ram("UpdateUser", { UserName: "alice", NewUserName: "alice", ...change });

/** The names of the values that an answer has encrypted. */
const encrypted = (values: Properties): string[] =>
  Object.keys(values).filter((name) => isRpcSecret(values[name]));

/** The values as the engine sends them back to this process: without their marks. */
const plain = (values: Properties): Properties =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      isRpcSecret(value) ? (value as { value: unknown }).value : value,
    ]),
  ) as Properties;

test("what was declared of drifted values is encrypted where a transform may have made it secret", async () => {
  const { id, outputs } = await provider.create(transformed(alice));
  await changeAlice({ NewDisplayName: "Outside" });
  const read = await provider.read(id, outputs);
  expect(encrypted(read.outputs)).toEqual([driftedKey]);
  expect(plain(read.outputs)[driftedKey]).toEqual({ displayName: "Classified" });
});

test("so is a value that was missing and is there again, for which the state has no secret any more", async () => {
  const { id, outputs } = await provider.create(transformed(alice));
  await changeAlice({ NewDisplayName: "", NewComments: "Outside" });
  const missing = await provider.read(id, outputs);
  await changeAlice({ NewDisplayName: "Classified" });
  const back = await provider.read(id, plain(missing.outputs));
  expect(encrypted(back.outputs).sort()).toEqual([driftedKey, "displayName"]);
  expect(encrypted(back.inputs)).toEqual(["displayName"]);
});

test("and a map in which a key is there again", async () => {
  const { id, outputs } = await provider.create(transformed(carol));
  const [user] = await account.eiamUsers();
  const set = (operation: string, value?: string) =>
    account.admin.eiam("UpdateUser", {
      UserId: user!.userId,
      "CustomFields.1.FieldName": "nick_name",
      "CustomFields.1.Operation": operation,
      ...(value && { "CustomFields.1.FieldValue": value }),
    });
  await set("remove");
  const missing = await provider.read(id, outputs);
  await set("add", "Classified");
  const back = await provider.read(id, plain(missing.outputs));
  expect([encrypted(back.outputs), encrypted(back.inputs)]).toEqual([["customFields"], ["customFields"]]);
});

test("a user of a program without such transforms has nothing encrypted but what the program keeps secret", async () => {
  const { id, outputs } = await provider.create(alice);
  await changeAlice({ NewDisplayName: "" });
  const missing = await provider.read(id, outputs);
  await changeAlice({ NewDisplayName: "Outside" });
  const back = await provider.read(id, missing.outputs);
  expect([missing, back].flatMap((read) => [...encrypted(read.outputs), ...encrypted(read.inputs)])).toEqual(
    [],
  );
});
