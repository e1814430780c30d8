/** The schema of the package. */
export function packageSchema(): string {
  return "{}";
}
