/** One page of the rows that are wanted, and the number of all that are wanted. */
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
