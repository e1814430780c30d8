import { ApiError } from "../product/apiError";

// The codes are those of the sibling developer API (unverified for 2021-12-01).

/** EIAM's refusal of a value. */
export function invalidParameter(parameter: string, reason: string): ApiError {
  return new ApiError(
    400,
    `InvalidParameter.${parameter}`,
    `The specified parameter: ${parameter} is invalid: ${reason}.`,
  );
}

/** EIAM's refusal of a call that lacks a parameter. */
export function missingParameter(parameter: string): ApiError {
  return new ApiError(
    400,
    `MissingParameter.${parameter}`,
    `The specified parameter: ${parameter} is missing.`,
  );
}

/** EIAM's refusal of a value that another user of the instance has. */
export function duplicated(resource: string): ApiError {
  return new ApiError(
    403,
    `ResourceDuplicated.${resource}`,
    `The specified resource: ${resource} already exist.`,
  );
}
