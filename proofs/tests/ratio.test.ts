import { ratio } from "../bench/ratio";
import { isMet } from "../bench/report";

const ofWalls = (ours: number[], theirs: number[]) => ratio("wall", { ours, theirs }, 1.1);

test("a ratio compares the walls of one round, so that a machine which slows down changes nothing", () => {
  expect(ofWalls([11, 22, 44], [10, 20, 40]).value).toBeCloseTo(1.1);
});

test("one slow round of three does not change a ratio", () => {
  expect(ofWalls([10, 50, 10], [10, 10, 10]).value).toBe(1);
  expect(ofWalls([10, 10, 10], [10, 1, 10]).value).toBe(1);
});

test("of two rounds the worse one counts", () => {
  expect(ofWalls([10, 12], [10, 10]).value).toBe(1.2);
});

test("a ratio carries its bound, and the walls behind it in the order of the rounds", () => {
  const figure = ofWalls([12, 11.04, 13], [10, 10, 10]);
  expect(figure).toMatchObject({ name: "wall", unit: "", atMost: 1.1 });
  expect(figure.detail).toBe("12.0, 11.0, 13.0 s beside 10.0, 10.0, 10.0 s");
  expect(isMet(figure)).toBe(false);
});
