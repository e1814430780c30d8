import type { Problem, Product } from "../action";
import { ApiError } from "../apiError";
import { accessKeys } from "./accessKeys";
import { groups } from "./groups";
import { loginProfiles } from "./loginProfiles";
import { mfaDevices } from "./mfaDevices";
import { policies } from "./policies";
import { users } from "./users";

/** Resource Access Management, version 2015-05-01. */
export const ram: Product = {
  version: "2015-05-01",
  actions: { ...users, ...accessKeys, ...policies, ...groups, ...loginProfiles, ...mfaDevices },
  refuse,
};

const textsOfFormat = /^(New)?(MobilePhone|Email)$/;

function refuse(problem: Problem): ApiError {
  const code = `InvalidParameter.${problem.parameter}${suffix(problem)}`;
  return new ApiError(400, code, `The parameter "${problem.path}" is missing or invalid.`);
}

function suffix({ kind, parameter }: Problem): string {
  // The metadata has every parameter optional, so an absent name reaches the service and is judged as an empty one.
  if (kind === "missing") return parameter.endsWith("Name") ? ".Length" : "";
  if (kind === "length") return ".Length";
  if (kind === "format") return textsOfFormat.test(parameter) ? ".Format" : ".InvalidChars";
  return "";
}
