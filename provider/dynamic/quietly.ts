/* eslint-disable no-console -- it is the console of another process that is kept quiet here */

/** The text of an error that is not to be printed. */
const mark = "alicloud-users: shown by the engine";

/**
 * Makes the dynamic-provider process leave an error to the engine. It prints every error of check, diff, read and
 * delete to its console, stack and all, and then hands it to the engine, which shows it on the resource's own row.
 */
export function leaveToEngine(error: Error): Error {
  install();
  error.toString = () => mark;
  return error;
}

let installed = false;

function install(): void {
  if (installed) return;
  installed = true;
  const print = console.error;
  console.error = (...words: unknown[]) => {
    if (!String(words[0]).startsWith(mark)) print(...words);
  };
}
