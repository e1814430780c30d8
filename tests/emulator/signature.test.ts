import {
  canonicalRequestV3,
  type Pairs,
  percentEncode,
  signatureV1,
  signatureV3,
  stringToSignV1,
  stringToSignV3,
} from "../../emulator/wire/signature";

const paramsE: Pairs = [
  ["InstanceId", "idaas_test"],
  ["UserId", "user_test"],
  ["DisplayName", "O'Brien (测试)*~!"],
  ["CustomFields.1.FieldName", "nick_name"],
  ["CustomFields.1.FieldValue", "a b+c"],
  ["CustomFields.1.Operation", "replace"],
  ["CustomFields.2.FieldName", "age"],
  ["CustomFields.2.FieldValue", "10"],
  ["CustomFields.2.Operation", "remove"],
];
const paramsB: Pairs = [
  ["InstanceId", "bastionhost-cn-test"],
  ["UserId", "1"],
  ["TwoFactorMethods", '["sms"]'],
  ["TwoFactorStatus", "Enable"],
  ["RegionId", "cn-hangzhou"],
];
const paramsR: Pairs = [
  ["UserName", "alice"],
  ["NewUserName", "alice"],
  ["NewComments", ""],
];

const own = { Format: "JSON", Timestamp: "2026-01-02T03:04:05Z" };

function v1(method: string, common: Record<string, string>, params: Pairs): string {
  const usual = { AccessKeyId: "testid", SignatureMethod: "HMAC-SHA1", SignatureVersion: "1.0" };
  const all: Pairs = [...Object.entries({ ...usual, ...common }), ...params, ["Signature", "is not signed"]];
  return signatureV1(stringToSignV1(method, all), "testsecret");
}

test.each([
  [
    "the RAM page's CreateUser",
    "GET",
    {
      Action: "CreateUser",
      Version: "2015-05-01",
      Format: "JSON",
      Timestamp: "2015-08-18T03:15:45Z",
      SignatureNonce: "6a6e0ca6-4557-11e5-86a2-b8e8563dc8d2",
    },
    [["UserName", "test"]],
    "kRA2cnpJVacIhDMzXnoNZG9tDCI=",
  ],
  [
    "the platform page's DescribeRegions",
    "GET",
    {
      Action: "DescribeRegions",
      Version: "2014-05-26",
      Format: "XML",
      Timestamp: "2016-02-23T12:46:24Z",
      SignatureNonce: "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
    },
    [],
    "OLeaidS1JvxuMvnyHOwuJ+uX5qY=",
  ],
  [
    "an EIAM UpdateUser",
    "POST",
    { ...own, Action: "UpdateUser", Version: "2021-12-01", SignatureNonce: "nonce-0001" },
    paramsE,
    "uW+7JcIVp/KMhmzNx5/2BbmnkeU=",
  ],
  [
    "a Bastionhost ModifyUser",
    "POST",
    { ...own, Action: "ModifyUser", Version: "2019-12-09", SignatureNonce: "nonce-0002" },
    paramsB,
    "hvLs2o0Cgus4H5BxyfbrXwylZmM=",
  ],
  [
    "a RAM UpdateUser with an empty value",
    "POST",
    { ...own, Action: "UpdateUser", Version: "2015-05-01", SignatureNonce: "nonce-0003" },
    paramsR,
    "u78tI7uu0a3Mnq4LjBYHpmNgMUI=",
  ],
] as [string, string, Record<string, string>, Pairs, string][])(
  "signs %s by V1 as the vendor does",
  (_name, method, common, params, signature) => {
    expect(v1(method, common, params)).toBe(signature);
  },
);

function v3(headers: Record<string, string>, query: Pairs) {
  const all: Record<string, string> = {
    "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "x-acs-date": "2026-01-02T03:04:05Z",
    ...headers,
  };
  return canonicalRequestV3({
    method: "POST",
    query,
    headers: all,
    signedHeaders: Object.keys(all),
    body: Buffer.alloc(0),
  });
}

const eiamHeaders = {
  host: "eiam.cn-hangzhou.aliyuncs.com",
  "x-acs-action": "UpdateUser",
  "x-acs-version": "2021-12-01",
  "x-acs-signature-nonce": "nonce-0001",
};

test("signs the V3 page's RunInstances as the page does", () => {
  const canonical = v3(
    {
      host: "ecs.cn-shanghai.aliyuncs.com",
      "x-acs-action": "RunInstances",
      "x-acs-version": "2014-05-26",
      "x-acs-date": "2023-10-26T10:22:32Z",
      "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
    },
    [
      ["ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"],
      ["RegionId", "cn-shanghai"],
    ],
  );
  const stringToSign = stringToSignV3(canonical);
  expect(stringToSign).toBe(
    "ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259",
  );
  expect(signatureV3(stringToSign, "YourAccessKeySecret")).toBe(
    "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
  );
});

test.each([
  [
    "an EIAM UpdateUser",
    eiamHeaders,
    paramsE,
    "f6d06275e9f40aef490e2a1437e46300c2de70071205209c74e965907b326bb2",
  ],
  [
    "a call with a security token",
    { ...eiamHeaders, "x-acs-security-token": "tok/en+1=", "x-acs-accesskey-id": "testid" },
    paramsE,
    "57652e892b9fafef5dac3455c5d8105cd3f06ba89c3d0c01d835e0cb77733e31",
  ],
  [
    "a Bastionhost ModifyUser",
    {
      host: "yundun-bastionhost.aliyuncs.com",
      "x-acs-action": "ModifyUser",
      "x-acs-version": "2019-12-09",
      "x-acs-signature-nonce": "nonce-0002",
    },
    paramsB,
    "b976f593f33640192fd7b3b1e7e4b29eb8f5da7dceece21ef549311fee12d1c4",
  ],
  [
    "a RAM UpdateUser with an empty value",
    {
      host: "ram.aliyuncs.com",
      "x-acs-action": "UpdateUser",
      "x-acs-version": "2015-05-01",
      "x-acs-signature-nonce": "nonce-0003",
    },
    paramsR,
    "7738d117b1c174e85574f3d514abae60edfb9164cd6e4c8cbb7efa4ef7d3723a",
  ],
] as [string, Record<string, string>, Pairs, string][])(
  "signs %s by V3 as the vendor's SDK does",
  (_name, headers, query, signature) => {
    expect(signatureV3(stringToSignV3(v3(headers, query)), "testsecret")).toBe(signature);
  },
);

test("encodes what encodeURIComponent leaves alone", () => {
  expect(percentEncode("a b!'()*~测")).toBe("a%20b%21%27%28%29%2A~%E6%B5%8B");
});
