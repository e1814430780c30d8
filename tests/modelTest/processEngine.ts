import { packHidden } from "../../provider/core/state";
import type { DynamicProcess } from "../support/dynamicProcess";
import { type Properties, refusalOf } from "../support/providerProcess";
import type { Engine, Outcome } from "./engine";

interface State {
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** Whether the last operation left it half done. */
  pending: boolean;
}

let runs = 0;

/** The provider's text for one run, in which nothing that an earlier one read of the account is known. */
function textOfRun(type: string): string {
  return (
    `exports.handler=()=>{const run=${++runs};` +
    `return require("pulumi-alicloud-users/dynamic").createProviders(process.argv[2]).${type}}`
  );
}

/** The part of Pulumi's engine that matters to one resource, over the real dynamic-provider process. */
export function processEngine(type: string, process: DynamicProcess, declaredUsers: number): Engine {
  let state: State | undefined;

  const during = (values: Properties, text: string): Properties => ({
    ...values,
    ...packHidden({ provider: text }),
  });
  const newsOf = (declared: Properties, text: string): Properties => ({
    ...during(declared, text),
    ...packHidden({
      urn: `urn:pulumi:test::test::pulumi-nodejs:dynamic/alicloud-users:${type}::sample`,
      declaredCount: declaredUsers,
    }),
  });

  const checked = async (olds: Properties, news: Properties) => {
    const { inputs, failures } = await process.check(olds, news);
    return { inputs, refused: failures.map(({ reason }) => reason) };
  };

  /** Runs a create or an update; what it leaves half done is kept. */
  const kept = async (
    inputs: Properties,
    work: Promise<{ id?: string; outputs: Properties }>,
  ): Promise<Outcome> => {
    try {
      const { id = state?.id, outputs } = await work;
      state = { id: id as string, inputs, outputs, pending: false };
      return undefined;
    } catch {
      const { message, halfDone } = await refusalOf(work);
      if (halfDone) state = { id: halfDone.id, inputs, outputs: halfDone.properties, pending: true };
      return { failed: message };
    }
  };

  const replace = async ({ id, outputs }: State, declared: Properties, text: string): Promise<Outcome> => {
    // As the engine does, the new user is checked as one that there was none of before.
    const { inputs, refused } = await checked({}, newsOf(declared, text));
    if (refused.length > 0) return { refused };
    await process.remove(id, during(outputs, text));
    state = undefined;
    return kept(inputs, process.create(inputs));
  };

  const up = async (declared: Properties): Promise<Outcome> => {
    const text = textOfRun(type);
    const { inputs, refused } = await checked(state?.inputs ?? {}, newsOf(declared, text));
    if (refused.length > 0) return { refused };
    if (!state) return kept(inputs, process.create(inputs));
    const { changes, replaces } = await process.diff(state.id, state.outputs, inputs);
    if (replaces.length > 0) return replace(state, declared, text);
    if (changes || state.pending) return kept(inputs, process.update(state.id, state.outputs, inputs));
    state = { ...state, inputs };
    return undefined;
  };

  return {
    id: async () => state?.id,
    up: (declared) =>
      up(declared).catch((error: { details?: string }) => ({ failed: String(error.details ?? error) })),
    async preview(declared) {
      if (!state) return ["create"];
      const { inputs, refused } = await checked(state.inputs, newsOf(declared, textOfRun(type)));
      process.log();
      const { changes } = await process.diff(state.id, state.outputs, inputs);
      const lines = process.log().map(({ message }) => message);
      return [...refused, ...(changes ? ["update"] : []), ...lines];
    },
    async refresh() {
      if (!state) return;
      const { id, outputs, inputs } = await process.read(state.id, during(state.outputs, textOfRun(type)));
      state = id === "" ? undefined : { ...state, inputs, outputs };
    },
    async destroy() {
      if (!state) return undefined;
      const gone = process.remove(state.id, during(state.outputs, textOfRun(type)));
      return gone.then(
        () => void (state = undefined),
        (error: { details?: string }) => String(error.details ?? error),
      );
    },
  };
}
