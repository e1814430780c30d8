/** Maps elements through an asynchronous function, at most `limit` at a time; results keep the order of the elements. */
export async function mapLimited<T, R>(
  elements: readonly T[],
  limit: number,
  work: (element: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < elements.length) {
      const index = next++;
      results[index] = await work(elements[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, elements.length) }, worker));
  return results;
}
