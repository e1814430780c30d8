import { startDynamicProcess } from "../support/dynamicProcess";
import { dynamicInputs } from "../support/dynamicInputs";
import type { Properties } from "../support/providerProcess";
import {
  type BeforeChange,
  type Declared,
  failing,
  type ProviderRun,
  recorded,
  removed,
  type RunResult,
  type StateOfUser,
} from "./providerRun";

/** Starts a run of dynamic resources: what the engine does, over Pulumi's own dynamic-provider process. */
export async function startDynamicRun(
  env: NodeJS.ProcessEnv,
  endpoints: Record<string, string> = {},
): Promise<ProviderRun> {
  const process = await startDynamicProcess(env, { "alicloud:endpoints": JSON.stringify(endpoints) });

  const newsOf = ({ name, kind, declared }: Declared): Properties => dynamicInputs(kind, declared, name);

  const checked = async (olds: Properties, user: Declared): Promise<Properties> => {
    const { inputs, failures } = await process.check(olds, newsOf(user));
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return inputs;
  };

  const create = async (user: Declared, beforeChange: BeforeChange): Promise<RunResult> => {
    const inputs = await checked({}, user);
    beforeChange();
    return recorded(undefined, inputs, process.create(inputs));
  };

  const up = async (
    user: Declared,
    state: StateOfUser | undefined,
    beforeChange: BeforeChange,
  ): Promise<RunResult> => {
    if (!state) return create(user, beforeChange);
    const { id, outputs } = state;
    const inputs = await checked(state.inputs, user);
    const { changes, replaces } = await process.diff(id, outputs, inputs);
    if (replaces.length > 0) {
      const gone = await removed(state, process.remove(id, outputs));
      return gone.failed === undefined ? create(user, beforeChange) : gone;
    }
    if (!changes && !state.halfDone) return { state: { ...state, inputs } };
    beforeChange();
    return recorded(state, inputs, process.update(id, outputs, inputs));
  };

  return {
    up: (user, state, beforeChange = () => {}) => failing(state, up(user, state, beforeChange)),
    async destroy(_user, state, beforeChange = () => {}) {
      beforeChange();
      return removed(state, process.remove(state.id, state.outputs));
    },
    async preview(user, state) {
      const inputs = await checked(state.inputs, user);
      const { changes, replaces } = await process.diff(state.id, state.outputs, inputs);
      return changes ? ["update", ...replaces] : [];
    },
    stop: process.stop,
  };
}
