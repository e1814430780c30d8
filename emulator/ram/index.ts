import { ApiError } from "../product/apiError";
import { defineProduct } from "../product/product";
import type { Problem } from "../product/wireParams";
import { accessKeys } from "./accessKeys";
import { firstRamSnapshot, ramAccount, ramSnapshot, ramSnapshotSchema } from "./account";
import { groups } from "./groups";
import { loginProfiles } from "./loginProfiles";
import { mfaDevices } from "./mfaDevices";
import { policies } from "./policies";
import { users } from "./users";

export type { RamAccessKey, RamGroup, RamSnapshot, RamUser } from "./account";

/** Resource Access Management, version 2015-05-01. */
export const ram = defineProduct({
  name: "Ram",
  version: "2015-05-01",
  actions: { ...users, ...accessKeys, ...policies, ...groups, ...loginProfiles, ...mfaDevices },
  refuse,
  snapshot: ramSnapshotSchema,
  seed: firstRamSnapshot,
  load: ramAccount,
  save: ramSnapshot,
});

const textsOfFormat = /^(New)?(MobilePhone|Email)$/;

function refuse(problem: Problem): ApiError {
  const code = `InvalidParameter.${problem.parameter}${suffix(problem)}`;
  return new ApiError(400, code, `The parameter "${problem.path}" is missing or invalid.`);
}

function suffix({ kind, parameter }: Problem): string {
  // The API's metadata has every parameter optional, so a missing name reaches the service, which reads it as empty.
  if (kind === "missing") return parameter.endsWith("Name") ? ".Length" : "";
  if (kind === "length") return ".Length";
  if (kind === "format") return textsOfFormat.test(parameter) ? ".Format" : ".InvalidChars";
  return "";
}
