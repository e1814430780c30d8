import { randomBytes } from "node:crypto";

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/** Random lower-case letters and digits, for ids and secrets that the vendor would generate. */
export function randomName(length: number): string {
  return nameFrom(randomBytes(length));
}

/** A lower-case letter or digit for each byte. */
export function nameFrom(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join("");
}
