import { createHash } from "node:crypto";

/** What the emulator keeps of a password. */
export const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
