/** What a day is for a person: not yet there, there, locked out after the last day, or to be deleted. */
export type Stage = "planned" | "active" | "locked" | "deleted";

/** The first and the last day of a person, as `2026-12-31`. */
export interface Term {
  from?: string | undefined;
  until?: string | undefined;
}

/** The stage of a person on a day; `graceDays` lie between the last day and the delete. */
export function stageOf({ from, until }: Term, asOf: string, graceDays: number): Stage {
  if (from !== undefined && asOf < from) return "planned";
  if (until === undefined || asOf <= until) return "active";
  return asOf <= dayAfter(until, graceDays) ? "locked" : "deleted";
}

/** The day so many days after another one. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whether a text is a day of the calendar. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && dayAfter(text, 0) === text;
}

/** The day that it is at a moment in a time zone. */
export function dayIn(timeZone: string, moment: Date): string {
  return localText(timeZone, moment).slice(0, 10);
}

/** When a day is over in a time zone, in seconds since 1970. */
export function endOf(day: string, timeZone: string): number {
  const wall = Date.parse(`${dayAfter(day, 1)}T00:00:00Z`);
  const offset = (moment: number): number => Date.parse(`${localText(timeZone, new Date(moment))}Z`) - moment;
  // The second look is for a change of the clocks between the two.
  return (wall - offset(wall - offset(wall))) / 1000;
}

/** Whether there is such a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function localText(timeZone: string, moment: Date): string {
  const parts = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  return Intl.DateTimeFormat("sv", { timeZone, ...parts, ...time })
    .format(moment)
    .replace(" ", "T");
}
