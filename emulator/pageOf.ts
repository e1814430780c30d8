/** One page of the wanted rows, and how many of them there are in all. */
export function pageOf<Row>(
  rows: Iterable<Row>,
  isWanted: (row: Row) => boolean,
  skipped: number,
  size: number,
): { page: Row[]; total: number } {
  const page: Row[] = [];
  let total = 0;
  for (const row of rows) {
    if (!isWanted(row)) continue;
    if (total >= skipped && page.length < size) page.push(row);
    total += 1;
  }
  return { page, total };
}
