/** The day for which a file is read, and what it has to hold. */
export interface PeopleOptions {
  /** The day, such as `2026-12-31`: ALICLOUD_USERS_AS_OF where it is left out, else today. */
  asOf?: string;
  /** How many days lie between a person's last day and the delete; 30 unless told. */
  graceDays?: number;
  /** How many people the file has to hold at least. */
  minimum?: number;
}

/** A person as a program makes it of a row: its key, its term, and its users by kind of place. */
export interface Row {
  key: string;
  from?: string | undefined;
  until?: string | undefined;
  take?: boolean;
  [place: string]: unknown;
}

/** Makes a person of a row, whose columns are those of the table's first line. */
export type MapRow = (row: Readonly<Record<string, string>>) => Row;
