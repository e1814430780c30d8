/** The signature nonces that were seen. */
export interface Nonces {
  /** Tells whether the nonce is new for the key, and remembers it. */
  isNew(accessKeyId: string, nonce: string): boolean;
}

/** Makes an empty memory of nonces, which forgets the oldest when there are more than so many. */
export function createNonces(remembered = 200_000): Nonces {
  const seen = new Set<string>();
  return {
    isNew(accessKeyId, nonce) {
      const entry = `${accessKeyId}\n${nonce}`;
      if (seen.has(entry)) return false;
      seen.add(entry);
      if (seen.size > remembered) seen.delete(seen.values().next().value ?? "");
      return true;
    },
  };
}
