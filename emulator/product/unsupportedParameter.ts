import { ApiError } from "./apiError";

/** The refusal of a parameter that the action does not have. */
export function unsupportedParameter(name: string): ApiError {
  return new ApiError(
    400,
    "UnsupportedParameter",
    `The parameter "${name}" is not supported by this operation.`,
  );
}
