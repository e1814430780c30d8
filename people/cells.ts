import type { Position, Problem } from "./problems";

/** A cell of a table, and where it begins. */
export interface Cell extends Position {
  text: string;
}

/** The cells of a table by rows. The separator is the one of comma, semicolon and tab that the first line holds most. */
export function cellsOf(text: string, problems: Problem[]): Cell[][] {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const count = (mark: string): number => first.split(mark).length;
  const separator = [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
  const cells = new CellReader(text, separator, problems);
  const rows: Cell[][] = [];
  while (!cells.isAtEnd()) rows.push(cells.row());
  return rows;
}

class CellReader {
  private at = 0;
  private line = 1;
  private lineStart = 0;

  constructor(
    private readonly text: string,
    private readonly separator: string,
    private readonly problems: Problem[],
  ) {}

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  row(): Cell[] {
    const cells = [this.cell()];
    while (this.text[this.at] === this.separator) {
      this.at++;
      cells.push(this.cell());
    }
    if (!this.isAtEnd()) this.newLine(this.text.startsWith("\r\n", this.at) ? 2 : 1);
    return cells;
  }

  private cell(): Cell {
    const cell = { line: this.line, column: this.at - this.lineStart + 1 };
    const quoted = this.text[this.at] === '"' ? this.quoted(cell) : "";
    const from = this.at;
    while (!this.isAtEnd() && ![this.separator, "\n", "\r"].includes(this.text[this.at] as string)) this.at++;
    return { ...cell, text: quoted + this.text.slice(from, this.at) };
  }

  private quoted(cell: Position): string {
    const from = ++this.at;
    while (!this.isAtEnd() && (this.text[this.at] !== '"' || this.text[this.at + 1] === '"')) {
      if (this.text[this.at] === "\n") this.newLine(1);
      else this.at += this.text[this.at] === '"' ? 2 : 1;
    }
    if (this.isAtEnd())
      this.problems.push({ ...cell, text: "A quote that begins here has no end. The file may be cut off." });
    return this.text.slice(from, this.at++).replaceAll('""', '"');
  }

  private newLine(length: number): void {
    this.at += length;
    this.line++;
    this.lineStart = this.at;
  }
}
