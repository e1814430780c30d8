import { lstatSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { repository } from "./place";

/**
 * Links the package's own name in its node_modules, so that programs in this checkout, and the process that runs
 * their provider, find it as they would find an installed one.
 */
export function linkOwnName(root = repository): void {
  const link = path.join(root, "node_modules", "pulumi-alicloud-users");
  if (lstatSync(link, { throwIfNoEntry: false })) return;
  mkdirSync(path.dirname(link), { recursive: true });
  try {
    symlinkSync(process.platform === "win32" ? root : "..", link, "junction");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
