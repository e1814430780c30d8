import { withOwnNames } from "../../provider/api/auth/sources";

test("a setting of alicloud: is found under this package's own name too, which counts less", () => {
  const values: Record<string, string> = {
    "alicloud:region": "cn-beijing",
    "alicloud-users:region": "cn-shanghai",
    "alicloud-users:profile": "work",
    "my-alicloud-users:secretKey": "not ours",
  };
  const config = withOwnNames((key) => values[key]);
  expect(config("alicloud:region")).toBe("cn-beijing");
  expect(config("alicloud:profile")).toBe("work");
  expect(config("alicloud-users:profile")).toBe("work");
  expect(config("my-alicloud:secretKey")).toBeUndefined();
  expect(config("alicloud:accessKey")).toBeUndefined();
});
