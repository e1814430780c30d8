import { createHash } from "node:crypto";

/** The SHA-256 in hex, in whose place a secret text is never kept. */
export function digest(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
