import { endWithEngine } from "../engine/endWithEngine";
import { muteEngineErrors } from "./engineError";
import { forwardIgnoreChanges } from "./forwardIgnoreChanges";

let isPrepared = false;

/** Adds to Pulumi's dynamic-provider process what users need and it lacks. The patches are applied once in a process. */
export function prepareProcess(): void {
  if (isPrepared) return;
  isPrepared = true;
  forwardIgnoreChanges();
  muteEngineErrors();
  // Pulumi's process would go on without its engine; another one that loads this module is not ours to end.
  if (/\bdynamic-provider\b/.test(process.argv[1] ?? "")) endWithEngine(() => process.exit());
}
