import { check } from "../../provider/core/check";
import type { Resource } from "../../provider/core/resource";
import type { Values } from "../../provider/core/wire";
import { bastionhostUser } from "../../provider/resources/bastionhost/bastionhostUser";
import { eiamUser } from "../../provider/resources/eiam/eiamUser";
import { ramUser } from "../../provider/resources/ram/ramUser";

const checked = (resource: unknown, declared: Values) =>
  check(resource as Resource, { previous: undefined, declared });

const inIdaas = { instanceId: "idaas_1", username: "carol" };

describe("a number where the attribute is text", () => {
  test.each<[string, unknown, Values, Values]>([
    ["a text", ramUser, { userName: 1234, comments: 0 }, { userName: "1234", comments: "0" }],
    [
      "a text of two rules",
      bastionhostUser,
      { instanceId: "i", source: "Ram", sourceUserId: 200000000001, userName: "bob", mobile: 18600000000 },
      {
        instanceId: "i",
        source: "Ram",
        sourceUserId: "200000000001",
        userName: "bob",
        mobile: "18600000000",
      },
    ],
    [
      "an entry of a map",
      eiamUser,
      { ...inIdaas, customFields: { age: 41 } },
      { ...inIdaas, customFields: { age: "41" } },
    ],
    [
      "an element of a list",
      eiamUser,
      { ...inIdaas, organizationalUnitIds: [7, "ou_1"] },
      { ...inIdaas, organizationalUnitIds: ["7", "ou_1"] },
    ],
  ])("stands for its digits in %s", (_what, resource, declared, inputs) => {
    expect(checked(resource, declared)).toEqual({ inputs, failures: [] });
  });

  test.each([[2 ** 53], [1.5], [1e21], [-(2 ** 60)]])(
    "is refused as %d, whose digits may be others",
    (number) => {
      const { failures } = checked(ramUser, { userName: "ann", comments: number });
      expect(failures).toEqual([
        {
          property: "comments",
          reason:
            '"comments" must be a string; of a number as large as this one, or with a fraction, the digits that were meant ' +
            "cannot be known. Put it into quotes; in the stack's configuration of a YAML program into both kinds, as in " +
            "'\"1.50\"'.",
        },
      ]);
      const inside = checked(eiamUser, { ...inIdaas, customFields: { age: number } });
      expect(inside.failures).toMatchObject([
        { reason: expect.stringContaining('"customFields.age" must be') },
      ]);
    },
  );

  test("is judged as the text that it stands for", () => {
    expect(checked(ramUser, { userName: "ann", mobilePhone: 186 }).failures).toMatchObject([
      { reason: expect.stringContaining('"mobilePhone" must be "<country code>-<number>"') },
    ]);
  });

  test("stays one where the attribute is a number, and no other value becomes a text", () => {
    const bob = { instanceId: "i", source: "Local", userName: "bob", password: "Ab1!cdefg" };
    const timed = { ...bob, effectiveStartTime: 1_800_000_000 };
    expect(checked(bastionhostUser, timed)).toEqual({ inputs: timed, failures: [] });
    for (const comments of [true, ["a"], { a: 1 }])
      expect(checked(ramUser, { userName: "ann", comments }).failures).toMatchObject([
        { reason: '"comments" must be a string.' },
      ]);
    expect(checked(bastionhostUser, { ...bob, source: 1 }).failures).toHaveLength(1);
  });
});
