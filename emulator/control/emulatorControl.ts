import axios from "axios";
import type { Snapshot, SnapshotSeed } from "../snapshot";
import type { NewInstance } from "./addInstance";
import type { CallLog } from "./callRecord";
import type { Fault, FaultSpec } from "./faults";
import type { ActionSpec } from "./runAction";
import type { Settings } from "./settings";

/** The control routes of a running emulator, as functions. */
export interface EmulatorControl {
  /** The calls that were received, and how many there were of each action. */
  calls(): Promise<CallLog>;
  forgetCalls(): Promise<void>;
  /** Sets users, settings, faults and calls back to how the emulator started. */
  reset(): Promise<void>;
  snapshot(): Promise<Snapshot>;
  /** Replaces everything that is stored. */
  restore(snapshot: SnapshotSeed): Promise<void>;
  addInstance(instance: NewInstance): Promise<void>;
  /** Changes or reads the account behind the program's back, as an administrator does in the console. */
  act(action: ActionSpec): Promise<object>;
  /** Adds a fault for the next calls that match it. */
  fault(fault: FaultSpec): Promise<void>;
  /** The faults that still wait for calls. */
  faults(): Promise<Fault[]>;
  clearFaults(): Promise<void>;
  /** Changes settings, each key as a whole, and returns all of them. */
  settings(changes?: Partial<Settings>): Promise<Settings>;
}

/** Controls the emulator at that URL. */
export function emulatorControl(url: string): EmulatorControl {
  const send = sender(`${url}/_emulator`);
  const done = async (method: string, path: string, body?: object) => void (await send(method, path, body));
  return {
    calls: () => send<CallLog>("GET", "/calls"),
    forgetCalls: () => done("DELETE", "/calls"),
    reset: () => done("POST", "/reset", {}),
    snapshot: () => send<Snapshot>("GET", "/snapshot"),
    restore: (snapshot) => done("PUT", "/snapshot", snapshot),
    addInstance: (instance) => done("POST", "/instances", instance),
    act: (action) => send<object>("POST", "/actions", action),
    fault: (fault) => done("POST", "/faults", fault),
    faults: () => send<Fault[]>("GET", "/faults"),
    clearFaults: () => done("DELETE", "/faults"),
    settings: (changes = {}) => send<Settings>("POST", "/settings", changes),
  };
}

function sender(baseURL: string) {
  const http = axios.create({ baseURL, proxy: false, maxBodyLength: Infinity, validateStatus: null });
  return async function send<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const { status, data } = await http.request<Answer & { error?: string }>({
      method,
      url: path,
      data: body,
    });
    if (status === 200) return data;
    throw new Error(`The emulator refused ${method} ${path}: ${data.error ?? status}`);
  };
}
