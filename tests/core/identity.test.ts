import { idOf } from "../../provider/core/identity";
import { pet } from "./pet";

describe("the id of a user", () => {
  test("joins what identifies it", () => {
    expect(idOf(pet, { HouseId: "h1", PetId: 7 })).toBe("h1:7");
  });

  test.each([undefined, null, "", {}, true])("is refused where a part of it is %j", (PetId) => {
    expect(() => idOf(pet, { HouseId: "h1", PetId })).toThrow(
      "The API returned a Pet without its PetId. Run pulumi up again.",
    );
  });
});
