/** A place in a text, counted from 1. */
export interface Position {
  line: number;
  column: number;
}

/** What is wrong at a place. */
export interface Problem extends Position {
  text: string;
}

const most = 20;

/** Throws all problems of a file at once, each with its line and column; at most twenty, then their number. */
export function refuseProblems(file: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const shown = problems.slice(0, most).map(({ line, column, text }) => `${file}:${line}:${column} ${text}`);
  const more = problems.length > most ? [`${problems.length - most} more.`] : [];
  throw new Error([...shown, ...more].join("\n"));
}
