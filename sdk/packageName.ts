/** The name of the package in the plugin's schema. */
export const packageName = "alicloud-users";

/** A resource or function by the full name that the engine knows it by, for example `alicloud-users:index:RamUser`. */
export const tokenOf = (name: string): string => `${packageName}:index:${name}`;
