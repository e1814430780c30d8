import { faultKind } from "../../core/fault";

/** Where a refused key came from, as far as the user may have changed it elsewhere. */
export type KeySource = "provider of the program" | "configuration of dynamic resources" | "elsewhere";

const advice: Readonly<Record<KeySource, string>> = {
  "provider of the program":
    " The key is the one that the provider had in the last update. If the program gives it another one now, run " +
    '"pulumi preview --run-program" or "pulumi up --run-program".',
  "configuration of dynamic resources":
    " If the stack's configuration has another key since the last update, add --run-program: without it, destroy and " +
    "refresh take the configuration of the last update.",
  elsewhere: "",
};

/** Advice to append to an error's message: how to use a rotated key, when the API refused the key. */
export function adviseOnKey(error: unknown, source: KeySource): string {
  const isDenied = ["denied", "forbidden"].includes(faultKind(error) ?? "");
  return isDenied ? advice[source] : "";
}
