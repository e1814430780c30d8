import { randomBytes } from "node:crypto";

/** Random lower-case letters and digits, for ids and secrets that the vendor would generate. */
export function randomName(length: number): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  return Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join("");
}
