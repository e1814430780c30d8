import { diffLive } from "../../../provider/lifecycle/diff";
import { update } from "../../../provider/lifecycle/update";
import type { ResourceInitFailed } from "../../../provider/core/fault";
import type { Values } from "../../../provider/core/wire";
import { pack, unpack } from "../../../provider/core/state";
import type { FakeDirectory } from "../../core/fakeDirectory";
import { pet, tom } from "../../core/pet";

/** The id of the pet that `livePet` describes. */
export const id = "h1:7";

/** The state of that pet, whose outputs hold these besides its name. */
export const stateOfTom = (outputs: Values = {}) => unpack(id, { ...tom, ...outputs });

/** Updates the pet whose state holds `outputs`, and returns its new outputs. */
export const updated = async (
  pets: FakeDirectory,
  outputs: Values,
  desired: Values,
  ignored: string[] = [],
): Promise<Values> => {
  const inputs = { ...tom, ...desired };
  return pack(await update(pet, { state: stateOfTom(outputs), inputs, ignored, directory: pets.directory }));
};

/** The differences of the pet whose state holds `outputs`. */
export const diffed = (pets: FakeDirectory, outputs: Values, desired: Values, ignored: string[] = []) => {
  const inputs = { ...tom, ...desired };
  return diffLive(pet, { state: stateOfTom(outputs), inputs, ignored, directory: pets.directory });
};

/** The error of a write that left the pet half done. */
export const initFailed = async (work: Promise<unknown>): Promise<ResourceInitFailed> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: "ResourceInitFailed" });
  return error as ResourceInitFailed;
};
