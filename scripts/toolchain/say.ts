/** Where progress goes: `done` lines say that nothing was needed, `work` lines that something is under way. */
export interface Say {
  done(text: string): void;
  work(text: string): void;
}

/** Every line on standard output. */
export const aloud: Say = { done: (text) => console.log(text), work: (text) => console.log(text) };

/** Only what takes time, and on standard error, so that a command's own output stays clean. */
export const quiet: Say = { done: () => {}, work: (text) => console.error(text) };

/** Says a line now, and again with the elapsed time, and how far it is, every 15 seconds until the work ends. */
export async function sayWhile<T>(
  say: Say,
  text: string,
  work: () => Promise<T>,
  howFar: () => string | undefined = () => undefined,
): Promise<T> {
  const started = Date.now();
  say.work(text);
  const told = () => [`elapsed ${elapsed(started)}`, howFar()].filter(Boolean).join(", ");
  const tick = setInterval(() => say.work(`${text}: ${told()}`), 15_000);
  try {
    return await work();
  } finally {
    clearInterval(tick);
  }
}

/** The time since then in whole seconds and minutes, as "4m 05s". */
export function elapsed(since: number, now = Date.now()): string {
  const seconds = Math.round((now - since) / 1000);
  if (seconds < 60) return `${seconds}s`;
  return `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, "0")}s`;
}
