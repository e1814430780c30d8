/** The values but for those of these names. */
export function without<T extends object, K extends keyof T>(values: T, ...names: K[]): Omit<T, K> {
  const rest = Object.entries(values).filter(([name]) => !names.includes(name as K));
  return Object.fromEntries(rest) as Omit<T, K>;
}
