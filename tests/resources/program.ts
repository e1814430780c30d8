import type { Account } from "../../provider/api/connect";
import { check } from "../../provider/core/check";
import { create } from "../../provider/lifecycle/create";
import { remove } from "../../provider/lifecycle/delete";
import type { Difference } from "../../provider/core/diff";
import { diffLive } from "../../provider/lifecycle/diff";
import { read } from "../../provider/lifecycle/read";
import { update } from "../../provider/lifecycle/update";
import type { ResourceState } from "../../provider/core/state";
import type { Failure } from "../../provider/core/rule";
import type { Resource } from "../../provider/core/resource";
import type { Values } from "../../provider/core/wire";
import { scopeOf } from "../../provider/core/identity";

/** What the engine keeps of a user: its state, and what was declared. */
type Recorded = ResourceState & { inputs: Values };

/** A program that declares one user, and its state between runs. Every run is a process of its own. */
export interface Program {
  /** What the engine keeps; absent before the first `up` and after a `destroy`. */
  state: Recorded | undefined;
  /** The failures of `check`. */
  check(declared: Values): Promise<Failure[]>;
  preview(declared: Values): Promise<Difference[]>;
  /** Creates, replaces or updates, the last even where a preview shows nothing. */
  up(declared: Values): Promise<void>;
  /** Takes what the account has into the state. */
  refresh(): Promise<void>;
  destroy(): Promise<void>;
}

/** A new program for users of this kind. */
export function programFor(resource: Resource, connection: () => Account): Program {
  /** That of the user, once there is one, though the program may declare another. */
  const directory = (values: Values) =>
    connection().directory(resource, scopeOf(resource, program.state?.id ?? values), undefined);

  const checked = async (declared: Values) => {
    const declaration = { previous: program.state?.inputs, declared };
    const first = check(resource, declaration);
    const call = first.failures.length === 0 ? resource.prefetch?.(first.inputs) : undefined;
    return call
      ? check(resource, { ...declaration, prefetched: await directory(declared).callOnce(call) })
      : first;
  };

  const accepted = async (declared: Values): Promise<Values> => {
    const { inputs, failures } = await checked(declared);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join(" "));
    return inputs;
  };

  const program: Program = {
    state: undefined,
    check: async (declared) => (await checked(declared)).failures,
    async preview(declared) {
      const inputs = await accepted(declared);
      const state = stateOf(program);
      const differences = await diffLive(resource, {
        state,
        inputs,
        ignored: [],
        directory: directory(inputs),
      });
      if (!differences) throw new Error("The user is gone.");
      return differences;
    },
    async up(declared) {
      const inputs = await accepted(declared);
      const differences = program.state ? await program.preview(declared) : [];
      if (differences.some(({ replace }) => replace)) await program.destroy();
      const request = { inputs, ignored: [], directory: directory(inputs) };
      const state = program.state
        ? await update(resource, { ...request, state: program.state })
        : await create(resource, request);
      program.state = { ...state, inputs };
    },
    async refresh() {
      const state = stateOf(program);
      const live = await read(resource, { state, directory: directory(state.inputs) });
      program.state = live && { ...live.state, inputs: live.inputs };
    },
    async destroy() {
      const state = stateOf(program);
      await remove(resource, { state, directory: directory(state.inputs) });
      program.state = undefined;
    },
  };
  return program;
}

function stateOf({ state }: Program): Recorded {
  if (!state) throw new Error("The program has created no user yet.");
  return state;
}
