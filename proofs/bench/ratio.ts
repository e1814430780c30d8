import type { Figure } from "./report";

/** Seconds that a command took, round by round. */
export interface Walls {
  ours: number[];
  theirs: number[];
}

/** The median of the ratios round by round, so that a machine that slows down slows both. */
export function ratio(name: string, { ours, theirs }: Walls, atMost?: number): Figure {
  const ratios = ours.map((wall, round) => wall / (theirs[round] as number)).sort((a, b) => a - b);
  const list = (walls: number[]) => walls.map((wall) => wall.toFixed(1)).join(", ");
  const detail = `${list(ours)} s beside ${list(theirs)} s`;
  return { name, value: ratios[Math.floor(ratios.length / 2)] as number, unit: "", atMost, detail };
}
