import { callerOf, callV1, useEmulator } from "./emulatorCalls";

const emulator = useEmulator();
const sts = callerOf(emulator, "Sts");

const roleArn = "acs:ram::1000000000000001:role/demo";
const assumed = { RoleArn: roleArn, RoleSessionName: "ci" };

interface Assumed {
  Credentials: { AccessKeyId: string; AccessKeySecret: string; SecurityToken: string; Expiration: string };
}

const tokenUntil = (moment: Date) =>
  ["{}", JSON.stringify({ exp: moment.getTime() / 1000 }), "signature"]
    .map((part) => Buffer.from(part).toString("base64url"))
    .join(".");
const valid = () => tokenUntil(new Date(Date.now() + 60_000));

const byToken = (token: string, params: Record<string, string> = {}) => {
  const provider = { OIDCProviderArn: "acs:ram::1000000000000001:oidc-provider/demo", OIDCToken: token };
  const unsigned = { AccessKeyId: undefined, SignatureMethod: undefined, SignatureNonce: undefined };
  return sts("AssumeRoleWithOIDC", { ...assumed, ...provider, ...params }, { common: unsigned });
};

/** Signs as the holder of these temporary credentials. */
const signedBy = ({ Credentials }: Assumed, product: "Ram" | "Sts", action: string, token?: string) => {
  const { AccessKeyId, AccessKeySecret, SecurityToken } = Credentials;
  const common = { AccessKeyId, SecurityToken: token ?? SecurityToken };
  return callV1(emulator.url, product, action, {}, { common, secret: AccessKeySecret });
};

test("an assumed role gives a key, a secret and a token that sign calls of every product", async () => {
  const { status, body } = await sts("AssumeRole", assumed);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    AssumedRoleUser: { Arn: "acs:ram::1000000000000001:assumed-role/demo/ci" },
  });
  const role = body as Assumed;
  expect((await signedBy(role, "Ram", "ListUsers")).status).toBe(200);
  expect(await signedBy(role, "Ram", "ListUsers", "")).toMatchObject({
    body: { Code: "MissingSecurityToken" },
  });
  const { calls } = await emulator.control.calls();
  expect(calls.map((call) => call.role)).toEqual([undefined, "demo/ci", "demo/ci"]);
});

test("GetCallerIdentity tells the user or the role whose key signs", async () => {
  const role = (await sts("AssumeRole", assumed)).body as Assumed;
  expect((await sts("GetCallerIdentity")).body).toMatchObject({
    AccountId: "1000000000000001",
    Arn: "acs:ram::1000000000000001:user/testid",
    IdentityType: "RAMUser",
  });
  expect((await signedBy(role, "Sts", "GetCallerIdentity")).body).toMatchObject({
    Arn: "acs:ram::1000000000000001:assumed-role/demo/ci",
    IdentityType: "AssumedRoleUser",
  });
});

test("a session ends when its time is over", async () => {
  const role = (await sts("AssumeRole", assumed)).body as Assumed;
  const snapshot = await emulator.control.snapshot();
  snapshot.sts.sessions[0]!.expiration = "2026-01-01T00:00:00Z";
  await emulator.control.restore(snapshot);
  const { body } = await signedBy(role, "Ram", "ListUsers");
  expect(body).toMatchObject({ Code: "InvalidSecurityToken.Expired" });
});

test.each([
  ["an unknown role", { RoleArn: "acs:ram::1000000000000001:role/other" }, "EntityNotExist.Role"],
  ["a role of another account", { RoleArn: "acs:ram::2:role/demo" }, "EntityNotExist.Role"],
  ["a longer session than the role allows", { DurationSeconds: "3601" }, "InvalidParameter.DurationSeconds"],
  ["a session of less than 15 minutes", { DurationSeconds: "899" }, "InvalidParameter.DurationSeconds"],
  ["a session name with a blank", { RoleSessionName: "a b" }, "InvalidParameter.RoleSessionName"],
])("AssumeRole refuses %s", async (_what, params, code) => {
  expect((await sts("AssumeRole", { ...assumed, ...params })).body).toMatchObject({ Code: code });
});

test("a role that asks for an external id is assumed with it alone", async () => {
  const snapshot = await emulator.control.snapshot();
  snapshot.sts.roles[0]!.externalId = "partner-7";
  await emulator.control.restore(snapshot);
  expect(await sts("AssumeRole", assumed)).toMatchObject({ status: 403, body: { Code: "NoPermission" } });
  expect((await sts("AssumeRole", { ...assumed, ExternalId: "partner-7" })).status).toBe(200);
});

test("AssumeRoleWithOIDC takes a valid token in place of a signature", async () => {
  const token = valid();
  const { status, body } = await byToken(token);
  expect(status).toBe(200);
  expect((await signedBy(body as Assumed, "Ram", "ListUsers")).status).toBe(200);
  expect(JSON.stringify(await emulator.control.calls())).not.toContain(token);
});

const noPermission = "AuthenticationFail.NoPermission";

test.each([
  ["that has ended", tokenUntil(new Date(0)), {}, "AuthenticationFail.OIDCToken.Expired"],
  ["that is none", "none", {}, "AuthenticationFail.OIDCToken.Invalid"],
  [
    "of a provider that the role does not trust",
    valid(),
    { OIDCProviderArn: "acs:ram::1:oidc-provider/x" },
    noPermission,
  ],
])("AssumeRoleWithOIDC refuses a token %s", async (_what, token, params, code) => {
  const { body } = await byToken(token, params);
  expect(body).toMatchObject({ Code: code });
});
