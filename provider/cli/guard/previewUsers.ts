import { z } from "zod";
import { userNameOf } from "../drift/account";
import { kindOfType } from "../drift/stateUsers";

/** A user that an `up` would delete, lock out or replace. */
export interface Removal {
  urn: string;
  kind: string;
  name: string;
  effect: "delete" | "lock" | "replace";
}

/** What a preview says of the users of a stack. */
export interface PreviewUsers {
  /** How many users the stack holds before; absent when the preview leaves out resources that stay the same. */
  before: number | undefined;
  removals: Removal[];
}

const stateSchema = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
  external: z.boolean().optional(),
  retainOnDelete: z.boolean().optional(),
});

const previewSchema = z.looseObject({
  steps: z
    .array(z.looseObject({ op: z.string(), urn: z.string(), oldState: stateSchema.nullish() }))
    .default([]),
  diagnostics: z.array(z.looseObject({ severity: z.string(), message: z.string() })).default([]),
  changeSummary: z.record(z.string(), z.number()),
});

/** Reads what `pulumi preview --json` prints. Throws a sentence when the text is something else, or a preview that failed. */
export function readPreview(text: string): PreviewUsers {
  const { steps, diagnostics, changeSummary } = parse(text);
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error) throw new Error(`The preview failed, so what up would do is not known: ${error.message.trim()}`);
  const before = new Set<string>();
  const removals = new Map<string, Removal>();
  for (const { op, urn, oldState } of steps) {
    const kind = oldState ? kindOfType(oldState.type) : undefined;
    if (!oldState || kind === undefined || oldState.external === true) continue;
    before.add(urn);
    const { id = "", inputs = {}, outputs = {} } = oldState;
    const name = userNameOf({ kind, id, inputs, outputs, ignored: [] });
    const effect = effectOf(op, oldState);
    // A replacement has up to three steps, and is told once.
    if (effect && removals.get(urn)?.effect !== "replace") removals.set(urn, { urn, kind, name, effect });
  }
  const shownSames = steps.filter(({ op }) => op === "same").length;
  const isWhole = shownSames >= (changeSummary.same ?? 0);
  return { before: isWhole ? before.size : undefined, removals: [...removals.values()] };
}

function parse(text: string): z.infer<typeof previewSchema> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error("It is not JSON. Give what `pulumi preview --json` prints.");
  }
  const result = previewSchema.safeParse(content);
  if (!result.success) throw new Error("It is not a preview. Give what `pulumi preview --json` prints.");
  return result.data;
}

function effectOf(
  op: string,
  { retainOnDelete, outputs = {} }: z.infer<typeof stateSchema>,
): Removal["effect"] | undefined {
  if (/^(replace|create-replacement|delete-replaced|import-replacement)$/.test(op)) return "replace";
  if (op !== "delete" || retainOnDelete === true || outputs.onDelete === "retain") return undefined;
  return outputs.onDelete === "lock" ? "lock" : "delete";
}
