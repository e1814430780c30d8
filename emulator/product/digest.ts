import { createHash } from "node:crypto";

/** The SHA-256 in hex. The emulator keeps the digest of a secret, never the secret. */
export function digest(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
