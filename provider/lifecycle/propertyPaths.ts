/** Property paths in one spelling: `customFields["age"]` is `customFields.age`, and an element stands for its list. */
export function propertyPaths(paths: readonly string[] = []): string[] {
  return paths.map((path) =>
    path
      .replace(/\["([^"]+)"\]/g, ".$1")
      .replace(/^\./, "")
      .replace(/\[(\d+|\*)\].*$/, ""),
  );
}
