import type { ProductName } from "../../../emulator";
import { type FaultName, matrixFaults } from "./faults";
import { type Write, writes } from "./writes";

/** The two ways of running a program. */
export const frontends = ["dynamic resources", "the plugin"] as const;
export type Frontend = (typeof frontends)[number];

/** Whether only the first try of the call goes wrong, or every one. */
export const tries = ["first", "every"] as const;
export type Tries = (typeof tries)[number];

/** One write, one fault, on the first try or on every one, in one frontend. */
export interface Cell {
  write: Write;
  fault: FaultName;
  on: Tries;
  frontend: Frontend;
}

/** What becomes of the run. After every outcome the next run without a fault brings the account to what is declared. */
export type Outcome =
  /** The run succeeds. */
  | "done"
  /** The run fails, and the call was not carried out. */
  | "failed"
  /** The run fails, and the call was carried out. */
  | "failed, carried out"
  /** There is no such answer to this call. */
  | "impossible";

/** The outcome of all cells that it fits; the first rule that fits a cell counts. What it leaves out may be anything. */
export interface Rule {
  faults?: readonly FaultName[];
  on?: Tries;
  product?: ProductName;
  actions?: readonly string[];
  frontend?: Frontend;
  outcome: Outcome;
  because: string;
}

const notRepeated = {
  actions: ["UpdateUserPassword"],
  because:
    "Setting a password again may notify the user twice, so the call is not repeated. The change stays pending.",
};

/** The rules, from which every cell has its outcome. */
export const rules: readonly Rule[] = [
  {
    faults: ["instance"],
    product: "Ram",
    outcome: "impossible",
    because: "RAM has no instance that could expire.",
  },
  {
    faults: ["item"],
    actions: ["LockUsers", "UnlockUsers"],
    outcome: "failed",
    because: "The API has judged the item, and would judge it the same way again.",
  },
  {
    faults: ["item"],
    outcome: "impossible",
    because: "Only LockUsers and UnlockUsers judge each item.",
  },
  {
    faults: ["denied", "token", "clock", "instance"],
    outcome: "failed",
    because: "Another try would be refused too. A person has to act; the message says how.",
  },
  {
    faults: ["none", "slow"],
    outcome: "done",
    because: "The provider waits for the answer.",
  },
  {
    faults: ["throttled"],
    on: "first",
    outcome: "done",
    because: "A throttled call was not carried out, so it is sent again.",
  },
  {
    faults: ["throttled"],
    on: "every",
    outcome: "failed",
    because: "A throttled call is sent again until `alicloud:maxRetryTimeout` is over.",
  },
  { faults: ["500", "503", "HTML", "junk", "reset"], ...notRepeated, outcome: "failed" },
  { faults: ["dropped", "cut", "timeout"], ...notRepeated, outcome: "failed, carried out" },
  {
    on: "first",
    outcome: "done",
    because:
      "The call may have been carried out or not. It is sent again; a create is sent again only after the provider has looked for the user and found none.",
  },
  {
    faults: ["dropped", "cut", "timeout"],
    on: "every",
    actions: ["CreateUser"],
    outcome: "done",
    because: "The provider looks for the user, finds it, and records it.",
  },
  {
    faults: ["dropped", "cut", "timeout"],
    on: "every",
    outcome: "failed, carried out",
    because: "No try is answered. The next run finds the account as declared.",
  },
  {
    on: "every",
    outcome: "failed",
    because: "No try is answered.",
  },
];

/** The rule that gives a cell its outcome. */
export function ruleOf(cell: Cell): Rule {
  const rule = rules.find((each) => fits(each, cell));
  if (!rule) throw new Error(`No rule fits ${cell.write.action}, ${cell.fault}, on the ${cell.on} try.`);
  return rule;
}

function fits({ faults, on, product, actions, frontend }: Rule, cell: Cell): boolean {
  const { write } = cell;
  return (
    (faults ?? [cell.fault]).includes(cell.fault) &&
    (actions ?? [write.action]).includes(write.action) &&
    (on ?? cell.on) === cell.on &&
    (product ?? write.product) === write.product &&
    (frontend ?? cell.frontend) === cell.frontend
  );
}

/** Every cell of the matrix that a frontend has. */
export function cellsOf(frontend: Frontend): Cell[] {
  return writes.flatMap((write) =>
    matrixFaults.flatMap(({ name }) => tries.map((on) => ({ write, fault: name, on, frontend }))),
  );
}
