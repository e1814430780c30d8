import { serviceOf, services } from "../../provider/resources/services";
import { refusal } from "../../provider/api/fault";
import type { FaultKind } from "../../provider/core/service";
import { resources } from "../../provider/resources";

describe("the endpoint", () => {
  const central = "https://yundun-bastionhost.aliyuncs.com";

  test.each([
    "cn-hangzhou",
    "cn-shanghai",
    "cn-beijing",
    "cn-shenzhen",
    "cn-qingdao",
    "cn-chengdu",
    "cn-guangzhou",
    "cn-heyuan",
    "cn-wulanchabu",
    "me-east-1",
    "cn-shanghai-finance-1",
    "cn-shenzhen-finance-1",
    "cn-beijing-finance-1",
    "cn-hangzhou-finance",
    "cn-north-2-gov-1",
  ])("of Bastionhost in %s is the central one", (region) => {
    expect(serviceOf("Bastionhost").endpoint(region)).toBe(central);
  });

  test.each([
    "cn-zhangjiakou",
    "cn-huhehaote",
    "cn-hongkong",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-southeast-1",
    "ap-southeast-3",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "us-east-1",
    "us-west-1",
    "na-south-1",
    "eu-west-1",
    "eu-central-1",
  ])("of Bastionhost in %s is that of the region", (region) => {
    expect(serviceOf("Bastionhost").endpoint(region)).toBe(`https://bastionhost.${region}.aliyuncs.com`);
  });

  test.each([
    "cn-hangzhou",
    "cn-beijing",
    "cn-hongkong",
    "ap-southeast-1",
    "ap-southeast-5",
    "ap-northeast-2",
    "eu-central-1",
  ])("of EIAM in %s is that of the region", (region) => {
    expect(serviceOf("Eiam").endpoint(region)).toBe(`https://eiam.${region}.aliyuncs.com`);
  });

  test.each(["cn-hangzhou", "eu-central-1"])("of RAM is one for the whole world, from %s too", (region) => {
    expect(serviceOf("Ram").endpoint(region)).toBe("https://ram.aliyuncs.com");
  });

  test("of a product that there is not is asked for in vain, and says so", () => {
    expect(() => serviceOf("Ecs")).toThrow('There is no service "Ecs"');
  });
});

const everywhere: readonly (readonly [kind: FaultKind, codes: string])[] = [
  ["throttled", "Throttling Throttling.User Throttling.Api Rejected.Throttling SignatureNonceUsed"],
  ["throttled", "OperationConflict LastTokenProcessing"],
  ["unavailable", "ServiceUnavailable ServiceUnavailable.RegionMaintaining ServiceUnavailableTemporary"],
  ["unavailable", "InternalError InternalFailure UnknownError"],
  ["denied", "InvalidAccessKeyId.NotFound InvalidAccessKeyId.Inactive Forbidden.AccessKeyDisabled"],
  ["denied", "SignatureDoesNotMatch IncompleteSignature InvalidTimeStamp.Expired IllegalTimestamp"],
  ["denied", "InvalidSecurityToken.Expired InvalidSecurityToken.Malformed MissingSecurityToken"],
  ["denied", "InvalidSecurityToken.MismatchWithAccessKey"],
  ["forbidden", "Forbidden.RAM NoPermission Forbidden.Unauthorized NotAuthorized"],
  ["invalid", "InvalidParameter MissingParameter MissingUserName MissingParameter.UserName"],
  ["other", "InvalidAction.NotFound InvalidVersion InvalidApi.NotFound InvalidProduct.NotFound"],
  ["other", "UnsupportedHTTPMethod UnsupportedAction.UserSource SomethingNobodyHasSeenYet"],
  ["tokenReused", "IdempotentParameterMismatch"],
];

const own: Readonly<Record<string, readonly (readonly [kind: FaultKind, codes: string])[]>> = {
  Ram: [
    ["notFound", "EntityNotExist.User EntityNotExist.User.AccessKey EntityNotExist.User.LoginProfile"],
    ["notFound", "EntityNotExist.User.MFADevice EntityNotExist.User.Policy EntityNotExist.User.Group"],
    ["notFound", "EntityNotExist.Group EntityNotExist.Policy EntityNotExist.VirtualMFADevice EntityNotExist"],
    ["conflict", "EntityAlreadyExists.User DeleteConflict.User.Group DeleteConflict.User.AccessKey"],
    ["conflict", "DeleteConflict.User.LoginProfile DeleteConflict.User.MFADevice DeleteConflict.User.Policy"],
    ["conflict", "LimitExceeded.User"],
    ["denied", "Inactive"],
    ["invalid", "InvalidParameter.UserName.InvalidChars InvalidParameter.NewComments.Length"],
  ],
  Bastionhost: [
    ["notFound", "UserNotFound OBJECT_NOT_FOUND"],
    ["conflict", "UserAlreadyExists LicenseOutOfLimit"],
    ["invalid", "INVALID_ARGUMENT"],
    ["other", "Commodity.BizError.InvalidStatus UNEXPECTED"],
  ],
  Eiam: [
    ["notFound", "ResourceNotFound.User"],
    ["conflict", "ResourceDuplicated.Username ResourceDuplicated.UserExternalId"],
    ["invalid", "MissingParameter.PhoneRegion InvalidParameter.Password InvalidParameter.CustomField.age"],
    ["conflict", "ResourceDuplicated.CustomField.badge"],
    ["other", "ResourceNotFound.Instance ResourceNotFound.OrganizationalUnit instance_not_found"],
  ],
};

const kinds = Object.keys(services).flatMap((product) =>
  [...everywhere, ...(own[product] ?? [])].flatMap(([kind, codes]) =>
    codes.split(" ").map((code) => [product, code, kind] as const),
  ),
);

test.each(kinds)("the fault of %s with code %s is of kind %s", (product, code, kind) => {
  expect(refusal(serviceOf(product), "GetUser", { code, message: "" }).kind).toBe(kind);
});

test("only these codes say that a user is gone", () => {
  const codes = resources.map(({ service, read }) => [service, read.notFoundCodes]);
  expect(Object.fromEntries(codes)).toEqual({
    Ram: ["EntityNotExist.User"],
    Bastionhost: ["UserNotFound", "OBJECT_NOT_FOUND"],
    Eiam: ["ResourceNotFound.User"],
  });
});

test("an error of one user is a result with a code: anything else in its place, in answers of other actions, is none", () => {
  const { errorInBody } = serviceOf("Bastionhost");
  for (const Results of [undefined, false, {}, [null, 7, {}, { Code: {} }]])
    expect(errorInBody?.({ Results })).toBeUndefined();
});
