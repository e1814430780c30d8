import { type Recorded, startPlugin, urnOf } from "../support/pluginProcess";
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

/** Starts a run of the plugin: what the engine does, which reads every user before it compares. */
export async function startPluginRun(
  env: NodeJS.ProcessEnv,
  endpoints: Record<string, string> = {},
): Promise<ProviderRun> {
  const plugin = await startPlugin(env, { endpoints: JSON.stringify(endpoints) });

  const recordOf = ({ kind, name }: Declared, { id, inputs, outputs }: StateOfUser): Recorded => ({
    urn: urnOf(kind, name),
    id,
    inputs,
    outputs,
  });

  const checked = async ({ kind, name, declared }: Declared): Promise<Properties> => {
    const { inputs, failures } = await plugin.check(urnOf(kind, name), declared);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return inputs;
  };

  /** The state after a read of the account, without the user where it is gone. */
  const refreshed = async (user: Declared, state: StateOfUser): Promise<StateOfUser | undefined> => {
    const { id, inputs, outputs } = await plugin.read(recordOf(user, state));
    return id === "" ? undefined : { ...state, inputs, outputs };
  };

  const create = async (user: Declared, beforeChange: BeforeChange): Promise<RunResult> => {
    const inputs = await checked(user);
    beforeChange();
    return recorded(undefined, inputs, plugin.create(urnOf(user.kind, user.name), inputs));
  };

  const up = async (
    user: Declared,
    before: StateOfUser | undefined,
    beforeChange: BeforeChange,
  ): Promise<RunResult> => {
    const state = before && (await refreshed(user, before));
    if (!state) return create(user, beforeChange);
    const record = recordOf(user, state);
    const inputs = await checked(user);
    const { changes, replaces } = await plugin.diff(record, inputs);
    if (replaces.length > 0) {
      const gone = await removed(state, plugin.remove(record));
      return gone.failed === undefined ? create(user, beforeChange) : gone;
    }
    if (!changes && !state.halfDone) return { state: { ...state, inputs } };
    beforeChange();
    return recorded(state, inputs, plugin.update(record, inputs));
  };

  return {
    up: (user, state, beforeChange = () => {}) => failing(state, up(user, state, beforeChange)),
    async destroy(user, state, beforeChange = () => {}) {
      beforeChange();
      return removed(state, plugin.remove(recordOf(user, state)));
    },
    async preview(user, state) {
      const live = await refreshed(user, state);
      if (!live) return ["create"];
      const { changes, replaces } = await plugin.diff(recordOf(user, live), await checked(user));
      return changes ? ["update", ...replaces] : [];
    },
    stop: plugin.stop,
  };
}
