import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

/** Whether a unit test runs the program, with `pulumi.runtime.setMocks` in the engine's place. */
export function isMocked(): boolean {
  return (pulumi.runtime.getMonitor() as unknown) instanceof MockMonitor;
}
