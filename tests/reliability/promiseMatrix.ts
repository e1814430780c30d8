import { linkOwnName } from "../../scripts/toolchain/ownName";
import { type Cell, type Frontend, ruleOf } from "./data/outcomes";
import { type FaultName, matrixFaults } from "./data/faults";
import { violations } from "./judge";
import { type LivedMatrix, liveMatrix } from "./matrix";

/** A test for each of these faults, or for all: every cell of it has the outcome that docs/reliability.md shows. */
export function promiseMatrix(
  frontend: Frontend,
  names: readonly FaultName[] = matrixFaults.map(({ name }) => name),
): void {
  const faults = matrixFaults.filter(({ name }) => names.includes(name));
  let matrix: LivedMatrix;
  beforeAll(async () => {
    linkOwnName();
    matrix = await liveMatrix(frontend, names);
  }, 600_000);

  const cellsOfFault = (fault: string) => matrix.cells.filter(({ cell }) => cell.fault === fault);

  test.each(faults)("$name: $meaning", ({ name }) => {
    const found = cellsOfFault(name).flatMap((lived) =>
      violations(lived, matrix).map((violation) => `${titleOf(lived.cell)} ${violation}`),
    );
    expect(found).toEqual([]);
  });
}

function titleOf(cell: Cell): string {
  const { write, on } = cell;
  return `${write.kind} ${write.program} (${write.action}), on the ${on} try, should be ${ruleOf(cell).outcome}:`;
}
