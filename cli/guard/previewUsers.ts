import { z } from "zod";
import { userNameOf } from "../drift/account";
import { kindOfType } from "../drift/stateUsers";
import { effectOfDelete, type Removal } from "./removal";

/** What a preview says of the users of a stack. */
export interface PreviewUsers {
  /** The stack and project of its resources; absent when the preview shows none. */
  stack: string | undefined;
  project: string | undefined;
  /** The users that it shows: by URN, the name that each logs on with. */
  names: ReadonlyMap<string, string>;
  /** Whether it shows every user that the stack holds, and so none of the resources that stay the same is left out. */
  isWhole: boolean;
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
  diagnostics: z
    .array(z.looseObject({ severity: z.string(), message: z.string(), urn: z.string().optional() }))
    .default([]),
  changeSummary: z.record(z.string(), z.number()),
});

type Preview = z.infer<typeof previewSchema>;

/** Reads what `pulumi preview --json` prints. Throws a sentence when the text is something else, or a preview that failed. */
export function readPreview(text: string): PreviewUsers {
  const preview = parse(text);
  const { steps, diagnostics, changeSummary } = preview;
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error) throw new Error(`The preview failed, so what up would do is not known: ${error.message.trim()}`);
  const gone = goneUsers(preview);
  const names = new Map<string, string>();
  const removals = new Map<string, Removal>();
  for (const { op, urn, oldState } of steps) {
    const kind = oldState ? kindOfType(oldState.type) : undefined;
    if (!oldState || kind === undefined || oldState.external === true) continue;
    const { id = "", inputs = {}, outputs = {} } = oldState;
    const name = userNameOf({ kind, id, inputs, outputs, ignored: [] });
    names.set(urn, name);
    const effect = gone.has(urn) ? undefined : effectOf(op, oldState);
    // A replacement has up to three steps, and is told once.
    if (effect && removals.get(urn)?.effect !== "replace") removals.set(urn, { urn, kind, id, name, effect });
  }
  const [stack, project] = steps[0]?.urn.replace(/^urn:pulumi:/, "").split("::") ?? [];
  const shownSames = steps.filter(({ op }) => op === "same").length;
  const isWhole = shownSames >= (changeSummary.same ?? 0);
  return { stack, project, names, isWhole, removals: [...removals.values()] };
}

function parse(text: string): Preview {
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

/** The resources whose users the account no longer has; dynamic resources show that as a replacement. */
function goneUsers({ diagnostics }: Preview): ReadonlySet<string> {
  const lines = diagnostics.filter(({ message }) => /^(warning: )?drift: (gone|recreated)\b/.test(message));
  return new Set(lines.flatMap(({ urn }) => urn ?? []));
}

function effectOf(
  op: string,
  { retainOnDelete, outputs = {} }: z.infer<typeof stateSchema>,
): Removal["effect"] | undefined {
  if (/^(replace|create-replacement|delete-replaced|import-replacement)$/.test(op)) return "replace";
  return op === "delete" ? effectOfDelete(retainOnDelete === true, outputs.onDelete) : undefined;
}
