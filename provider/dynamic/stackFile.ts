import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Place } from "../api/auth/sources";
import { projectFile } from "../lifecycle/projectFile";

/** A setting as a file has it: a text, or what only Pulumi can read. */
type Setting = { text: string } | "encrypted" | "structured";

/** The settings of a stack that lie in files: the stack's own, and before it the project's. */
export interface StackFiles {
  /** The places that these files are for the brakes. Asked for a brake that only Pulumi can read, they throw a sentence. */
  places: readonly Place[];
  /** The name of the stack's file: `Pulumi.dev.yaml`. */
  name: string;
  /** The settings that differ from a configuration, by their full names, as far as that can be told. */
  differing(config: Place["config"]): string[];
}

/**
 * Reads the files of the stack of this URN, whose project lies in this folder or around it; nothing where there is none.
 * Pulumi hands a dynamic provider the configuration of the last update in destroy, in refresh and where the program
 * declares no dynamic resource any more, and passes the stack's own neither in messages nor in the environment.
 */
export function readStackFiles(urn: string, folder: string): StackFiles | undefined {
  const [stack, project] = urn.replace(/^urn:pulumi:/, "").split("::");
  const found = projectFile(folder);
  if (!found) return undefined;
  const { config, ...settings } = read(found);
  if (settings.name !== project) return undefined;
  const directory = path.dirname(found);
  const ending = path.extname(found);
  const place = settings.stackConfigDir ?? (typeof config === "string" ? config : "");
  const name = `Pulumi.${stack}${ending}`;
  const file = path.join(directory, String(place), name);
  const own = settingsOf(existsSync(file) ? read(file).config : undefined);
  const ofProject = settingsOf(config);
  for (const key of own.keys()) ofProject.delete(key);
  return {
    name,
    places: [placeOf(name, own), placeOf(path.basename(found), ofProject)],
    differing: (handed) =>
      [...own, ...ofProject].flatMap(([key, setting]) => {
        const value = handed(key);
        const isSame = typeof setting === "object" ? value === setting.text : value !== undefined;
        return isSame ? [] : [key];
      }),
  };
}

/** Ids of accounts have more digits than a number holds safely, so whole numbers are read as such. */
function read(file: string): Record<string, unknown> {
  try {
    const content = parse(readFileSync(file, "utf8"), { intAsBigInt: true, logLevel: "error" }) as unknown;
    return isObject(content) ? content : {};
  } catch {
    throw new Error(
      `${path.basename(file)} cannot be read, in which settings of the stack may stand. Correct it.`,
    );
  }
}

function settingsOf(config: unknown): Map<string, Setting> {
  const entries = isObject(config) ? Object.entries(config) : [];
  return new Map(entries.map(([key, value]) => [key.replace(":config:", ":"), settingOf(value)]));
}

/** A project's file may wrap a value: `{ value: 5 }`. */
function settingOf(value: unknown): Setting {
  if (!isObject(value)) return Array.isArray(value) ? "structured" : { text: String(value) };
  if ("secure" in value) return "encrypted";
  return "value" in value ? settingOf(value.value) : "structured";
}

function placeOf(name: string, settings: ReadonlyMap<string, Setting>): Place {
  return {
    name,
    config(key) {
      const setting = settings.get(key);
      if (setting === undefined || typeof setting === "object") return setting?.text;
      throw new Error(
        `The setting ${key} is ${setting === "encrypted" ? "kept encrypted" : "no plain value"} in ${name}, and the provider ` +
          `reads it there too, so that it counts in every run. Set it in plain: pulumi config set --plaintext ${key} VALUE`,
      );
    },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
