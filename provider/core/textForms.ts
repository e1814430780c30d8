/** What an API may do to a text that it keeps, by the name in the state. The names must never change. */
const steps: Readonly<Record<string, (text: string) => string>> = {
  composed: (text) => text.normalize("NFC"),
  trimmed: (text) => text.trim(),
  singleSpaced: (text) => text.replace(/\s+/g, " "),
  lowerCaseDomain: (text) => text.replace(/@[^@]*$/, (domain) => domain.toLowerCase()),
  lowerCase: (text) => text.toLowerCase(),
  upperCase: (text) => text.toUpperCase(),
};

const lossless = ["composed", "trimmed", "singleSpaced"];

/** Every form: some of the steps that leave case alone, and at most one that does not; those of few steps first. */
const forms: readonly string[] = ["", "lowerCaseDomain", "lowerCase", "upperCase"]
  .flatMap((cased) => subsets(lossless).map((chosen) => [...chosen, ...(cased === "" ? [] : [cased])]))
  .filter(({ length }) => length > 0)
  .sort((a, b) => a.length - b.length)
  .map((chosen) => chosen.join(" "));

/** The form in which an account keeps a text, if that is the same but for case, white space or the encoding of accents. */
export function formOf(text: string, kept: string): string | undefined {
  return text === kept ? undefined : forms.find((form) => inForm(text, form) === kept);
}

/** The text in a form; one that this release does not know changes nothing. */
export function inForm(text: string, form: string): string {
  return form.split(" ").reduce((result, name) => steps[name]?.(result) ?? result, text);
}

/** Whether APIs are known to keep such a text in another form: an email address with capitals, or white space that shows nowhere. */
export function isDelicate(text: string): boolean {
  const isPlain = lossless.every((name) => inForm(text, name) === text);
  return !isPlain || (text.includes("@") && inForm(text, "lowerCase") !== text);
}

function subsets(names: readonly string[]): string[][] {
  return names.reduce<string[][]>((all, name) => [...all, ...all.map((each) => [...each, name])], [[]]);
}
