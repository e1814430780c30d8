/** The name of the package, in which resources, functions and configuration are found. */
export const packageName = "alicloud-users";
