import schema from "./schema.json";

/** The package's schema as the engine and the generators of SDKs ask for it: what `npm run schema` made. */
export function packageSchema(): string {
  return JSON.stringify(schema);
}

/** The version of the package, as its schema states it. */
export const packageVersion: string = schema.version;
