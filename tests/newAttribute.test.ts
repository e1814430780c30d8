import { shapeOf } from "../cli/doctor/shapes";
import { claimsOf } from "../cli/doctor/trial/claims";
import { samplesOf } from "../cli/doctor/trial/samples";
import { attr } from "../provider/core/attribute";
import { callsOf } from "../provider/core/calls";
import type { Resource } from "../provider/core/resource";
import { text } from "../provider/core/schemas";
import { ramUser } from "../provider/resources/ram/ramUser";
import { attributesTable, unknownParameters } from "../scripts/parameters/parametersPage";
import { makeSchema } from "../scripts/schema/makeSchema";
import { userTypesOf } from "../scripts/schema/userTypes";
import { lifeOf } from "./resources/samples";

const row = attr("Nickname", text(0, 128).optional(), { updateParameter: "NewNickname", clear: "" });

/** RAM users with one attribute more. */
const withNickname: Resource = { ...ramUser, attributes: { ...ramUser.attributes, nickname: row } };

const describeAll = (path: string) => `The sentence of ${path}.`;

describe("a new row is enough for", () => {
  test("the calls that carry it", () => {
    const carried = Object.fromEntries(
      callsOf(withNickname).map(({ action, attributes = {} }) => [action, attributes]),
    );
    expect(carried.CreateUser).toMatchObject({ Nickname: "nickname" });
    expect(carried.UpdateUser).toMatchObject({ NewNickname: "nickname" });
  });

  test("the types of programs and the plugin's schema", () => {
    const types = userTypesOf(withNickname, describeAll);
    expect(types).toContain("/** The sentence of RamUser.nickname. */\n  nickname?: pulumi.Input<string>");
    const texts = { about: {}, describe: describeAll, examples: () => "" };
    expect(makeSchema(texts, [withNickname])).toMatchObject({
      resources: {
        "alicloud-users:index:RamUser": { inputProperties: { nickname: { type: "string" } } },
      },
    });
  });

  test("the tables of the docs", () => {
    expect(attributesTable(withNickname)).toMatch(
      /\| `nickname` +\| `Nickname` +\| UpdateUser +\| set back to `""` +\|/,
    );
  });

  test("the fields that doctor knows", () => {
    expect(Object.keys(shapeOf(withNickname, "whole").shape)).toContain("Nickname");
    expect(Object.keys(shapeOf(ramUser, "whole").shape)).not.toContain("Nickname");
  });
});

describe("what a row cannot say is asked for by name:", () => {
  test("the parameters on the API's pages, which the emulator has", () => {
    expect(unknownParameters(withNickname)).toEqual(["CreateUser Nickname", "UpdateUser NewNickname"]);
    expect(unknownParameters(ramUser)).toEqual([]);
  });

  test("two values, which give it a life in the tests and claims in doctor --write", () => {
    expect(() => lifeOf(withNickname, "nickname", {})).toThrow(
      "RamUser.nickname needs two values in cli/doctor/trial/samples.ts",
    );
    const sample = { first: "Al", second: "Ally" };
    expect(lifeOf(withNickname, "nickname", sample)).toEqual({
      declared: { nickname: "Al" },
      others: { call: ["UpdateUser", { NewNickname: "Ally" }] },
      shows: "Ally",
      next: { nickname: "Ally" },
      removed: "cleared",
    });
    const samples = { ...samplesOf("RamUser", { name: "n" }), nickname: sample };
    const claims = claimsOf(withNickname, samples).filter(({ subject }) => subject === "nickname");
    expect(claims.map(({ says }) => says)).toEqual([
      "GetUser shows Nickname as it was written at the creation",
      "ListUsers shows Nickname as it was written at the creation",
      "a change of Nickname reaches the user",
      'Nickname is set back to "" when the program drops it',
    ]);
  });
});
