import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";

/** Starts an emulator that refuses parameters which the real operation does not have, so that a misspelt name fails, and has the same ids each time. */
export function startStrictEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  return startEmulator({
    ...options,
    settings: { unknownParameters: "refuse", ids: "fixed", ...options.settings },
  });
}
