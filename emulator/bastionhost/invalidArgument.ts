import { ApiError } from "../product/apiError";

/** Bastionhost's one refusal of a parameter; the words behind the vendor's own say which. */
export function invalidArgument(reason: string): ApiError {
  return new ApiError(400, "InvalidParameter", `The argument is invalid. ${reason}`);
}
