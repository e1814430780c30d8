import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

type Spell = (text: string) => string;

const code = (character: string): number => character.codePointAt(0) as number;
const each =
  (spell: Spell): Spell =>
  (text) =>
    [...text].map(spell).join("");

const percent: Spell = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${code(mark).toString(16)}`);
const form: Spell = (text) => new URLSearchParams({ "": text }).toString().slice(1);
const json: Spell = (text) => JSON.stringify(text).slice(1, -1);
const entities: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" };
const html: Spell = (text) => text.replace(/[&<>"']/g, (mark) => `&${entities[mark]};`);

const outer: Readonly<Record<string, Spell>> = {
  "": (text) => text,
  " in a URI": encodeURIComponent,
  " percent-encoded": percent,
  " in a form": form,
  " in JSON": json,
  " in HTML": html,
};

const inner: Readonly<Record<string, Spell>> = {
  ...outer,
  " in every byte": (text) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  " in JSON numbers": (text) =>
    Array.from(
      { length: text.length },
      (_, unit) => `\\u${text.charCodeAt(unit).toString(16).padStart(4, "0")}`,
    ).join(""),
  " in decimal entities": each((character) => `&#${code(character)};`),
  " in hexadecimal entities": each((character) => `&#x${code(character).toString(16)};`),
  " in hexadecimal": (text) => Buffer.from(text).toString("hex"),
  " in base64": (text) => withinBase64(text, 0),
  " in base64, one byte on": (text) => withinBase64(text, 1),
  " in base64, two bytes on": (text) => withinBase64(text, 2),
};

/** The part of a base64 text that this text alone decides, so many bytes after the beginning of a group of three. */
function withinBase64(text: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
  const base64 = bytes.toString("base64").replace(/=+$/, "");
  return base64.slice(Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3));
}

/** The secrets that stand in a text, each with the encoding in which it does; letter case does not matter. They have to be long enough not to stand there by chance. */
export function findSecrets(text: string, secrets: readonly string[]): string[] {
  const searched = text.toLowerCase().replaceAll("\\/", "/");
  return secrets.flatMap((secret) => {
    if (secret.length < 8) throw new Error(`"${secret}" is too short to be searched for.`);
    const spellings = new Map<string, string>();
    for (const [how, spell] of Object.entries(inner))
      for (const [where, again] of Object.entries(outer)) {
        const spelling = again(spell(secret)).toLowerCase();
        spellings.set(spelling, spellings.get(spelling) ?? `${secret}${how}${where}`);
      }
    return [...spellings].filter(([spelling]) => searched.includes(spelling)).map(([, how]) => how);
  });
}

/** The secrets that stand in any file of a folder, each with the file's name; sockets and links are left out. */
export async function findSecretsInFiles(folder: string, secrets: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const found = files.map(async (file) =>
    findSecrets(
      await readFile(file, "latin1").then((text) => `${text}\n${Buffer.from(text, "latin1").toString()}`),
      secrets,
    ).map((how) => `${path.relative(folder, file)}: ${how}`),
  );
  return (await Promise.all(found)).flat();
}
