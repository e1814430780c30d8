import { faultOf, refusal } from "../../provider/api/fault";
import { serviceOf } from "../../provider/resources/services";
import type { Wire } from "../../provider/core/wire";
import { withSecrets } from "../../provider/core/secrets";

const ram = serviceOf("Ram");
const eiam = serviceOf("Eiam");

/** What pop-core throws for an answer with a code. */
const answered = (data: Wire, headers: Record<string, string> = {}) =>
  Object.assign(new Error(`${String(data.Message)}, URL: https://ram.aliyuncs.com/?Password=s3cret`), {
    name: `${String(data.Code)}Error`,
    code: data.Code,
    data,
    url: "https://ram.aliyuncs.com/?Password=s3cret",
    entry: { response: { statusCode: 400, headers } },
  });

const refused = (data: Wire) => faultOf(ram, "UpdateUser", answered(data));

describe("a fault's message", () => {
  test("says what was tried, what the API said and what to do", () => {
    const data = { Code: "NoPermission", Message: "You are not authorized.", RequestId: "R-1" };
    expect(refused(data).message).toBe(
      "RAM refused UpdateUser (NoPermission: You are not authorized, request R-1). " +
        "Grant the caller's RAM policy this action.",
    );
  });

  test("does without what the API left out", () => {
    expect(refused({ Code: "NoPermission" }).message).toBe(
      "RAM refused UpdateUser (NoPermission). Grant the caller's RAM policy this action.",
    );
  });

  test("takes the keys in lower case, as some gateways spell them", () => {
    const data = { code: "Throttling", message: "Slow down", requestId: "R-2" };
    const fault = refused(data);
    expect(fault).toMatchObject({ kind: "throttled", code: "Throttling", requestId: "R-2" });
    expect(fault.message).toContain("Slow down");
  });

  test("holds nothing of what pop-core says besides, such as the URL", () => {
    expect(refused({ Code: "NoPermission", Message: "No." }).message).not.toMatch(/s3cret|https?:/);
  });

  test("hides a secret of the request that the API repeats, in the code and the request id too", () => {
    const data = { Code: "Invalid.s3cret", Message: "The password s3cret is weak.", RequestId: "R-s3cret" };
    const fault = withSecrets(["s3cret"], () => refused(data));
    expect(fault.message).toContain("(Invalid.[secret]: The password [secret] is weak, request R-[secret])");
  });

  test("is one line of at most 500 characters of the API, in which nothing steers a terminal", () => {
    const data = { Code: "A\u202eB", Message: `\n::error::${"x".repeat(600)}`, RequestId: "R\u001b[2J" };
    expect(refused(data).message).toBe(
      `RAM refused UpdateUser (A\\u{202e}B: \\n\\u{3a}:error::${"x".repeat(490)}… (110 more characters), ` +
        "request R\\u{1b}[2J). Look the code up in the API's error center; its support finds the call by the request id.",
    );
  });

  test("ends before the string that was signed, which holds every parameter", () => {
    const Message =
      "Specified signature is not matched with our calculation. server string to sign is:POST&%2F&Password%3Ds3cret";
    const { message, kind } = refused({ Code: "SignatureDoesNotMatch", Message });
    expect(kind).toBe("denied");
    expect(message).toBe(
      "RAM refused UpdateUser (SignatureDoesNotMatch: Specified signature is not matched with our calculation). " +
        "Check the access key secret (alicloud:secretKey or ALIBABA_CLOUD_ACCESS_KEY_SECRET).",
    );
  });

  test("is all that the fault holds of the call", () => {
    const fault = refused({ Code: "NoPermission", Message: "No.", RequestId: "R-1" });
    expect(Object.keys(fault).sort()).toEqual(
      [
        "action",
        "code",
        "kind",
        "name",
        "outlook",
        "route",
        "service",
        "status",
        "requestId",
        "retryAfterMs",
      ].sort(),
    );
    expect(fault).toMatchObject({
      service: "RAM",
      action: "UpdateUser",
      code: "NoPermission",
      requestId: "R-1",
    });
    expect(`${fault.stack}${JSON.stringify(fault)}`).not.toMatch(/s3cret/);
    expect(fault.cause).toBeUndefined();
  });
});

describe("the way out", () => {
  test.each([
    ["Ram", "EntityAlreadyExists.User", "recycle bin"],
    ["Ram", "EntityAlreadyExists.User", "restore it or remove it there"],
    ["Ram", "DeleteConflict.User.Policy", "attached in a resource group"],
    ["Ram", "DeleteConflict.User.Passkey", "passkeys"],
    ["Eiam", "UnsupportedAction.UserSource", "check the user's source"],
    ["Eiam", "MissingParameter.CustomField.age", "Correct customFields"],
    ["Ram", "DeleteConflict.User.AccessKey", "forceDestroy: true"],
    ["Ram", "LimitExceeded.User", "quota"],
    ["Bastionhost", "Commodity.BizError.InvalidStatus", "renew it"],
    ["Bastionhost", "InvalidParameter", "two-factor settings"],
    ["Bastionhost", "LicenseOutOfLimit", "licence"],
    ["Eiam", "ResourceDuplicated.Username", "choose another one"],
    ["Eiam", "ResourceNotFound.Instance", "Check the instance"],
    ["Eiam", "InvalidTimeStamp.Expired", "clock"],
    ["Eiam", "InvalidSecurityToken.Expired", "renew the STS token"],
    ["Eiam", "InvalidApi.NotFound", "check the region and the endpoint"],
    ["Eiam", "Throttling.User", "callsPerSecond"],
    ["Eiam", "InternalError", "run again later"],
  ])("of %s's %s names %s", (product, code, words) => {
    expect(refusal(serviceOf(product), "CreateUser", { code, message: "" }).message).toContain(words);
  });
});

describe("the wait that the API asks for", () => {
  const asked = (headers: Record<string, string>) =>
    faultOf(eiam, "GetUser", answered({ Code: "Throttling" }, headers)).retryAfterMs;

  test("is taken from its own header, in milliseconds", () => {
    expect(asked({ "x-acs-retry-after": "1500" })).toBe(1500);
  });

  test("is taken from the standard header, in seconds", () => {
    expect(asked({ "retry-after": "2" })).toBe(2000);
  });

  test("is taken from its own header where both are there", () => {
    expect(asked({ "x-acs-retry-after": "1500", "retry-after": "9" })).toBe(1500);
  });

  test.each(["", "soon", "-1", "Wed, 21 Oct 2026 07:28:00 GMT"])(
    "is none where the header says %j",
    (text) => {
      expect(asked({ "x-acs-retry-after": text, "retry-after": text })).toBeUndefined();
    },
  );
});

describe("a call without an answer", () => {
  const network = (error: object) => faultOf(eiam, "GetUser", error);

  test("is a fault that names the reason, drops nothing and says what to check", () => {
    const error = Object.assign(new Error("read ECONNRESET 10.0.0.1:443"), { code: "ECONNRESET" });
    const fault = faultOf(eiam, "GetUser", error, "at https://eiam.test");
    expect(fault).toMatchObject({ kind: "unavailable", code: "ECONNRESET" });
    expect(fault.message).toBe(
      "EIAM could not be reached (ECONNRESET) for GetUser at https://eiam.test. Nothing was dropped from the state. " +
        "Check the network, the proxy (HTTPS_PROXY, NO_PROXY), the region and the endpoint " +
        "(alicloud:region, alicloud:endpoints, ALICLOUD_USERS_ENDPOINT).",
    );
  });

  test("in time is called so", () => {
    const error = Object.assign(new Error("ReadTimeout(30000). GET https://x/?Password=s3cret failed."), {
      name: "RequestTimeoutError",
    });
    expect(network(error)).toMatchObject({ kind: "unavailable", code: "Timeout" });
    expect(network(error).message).not.toMatch(/s3cret|https:/);
  });

  test("of any known kind is called so", () => {
    expect(network(new Error("socket hang up"))).toMatchObject({ kind: "unavailable", code: "NoAnswer" });
  });
});
