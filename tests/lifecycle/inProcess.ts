import { randomUUID } from "node:crypto";
import type { Account } from "../../provider/api/connect";
import { checkInputs } from "../../provider/lifecycle/check";
import { createUser } from "../../provider/lifecycle/create";
import { deleteUser } from "../../provider/lifecycle/delete";
import { diffUser } from "../../provider/lifecycle/diff";
import { dynamicFrontend, type Frontend, pluginFrontend } from "../../provider/lifecycle/frontend";
import { openContext } from "../../provider/lifecycle/openContext";
import { readUser } from "../../provider/lifecycle/read";
import { reportTo } from "../../provider/lifecycle/report/report";
import { updateUser } from "../../provider/lifecycle/update";
import { withSecrets } from "../../provider/core/secrets";
import type { ResourceState } from "../../provider/core/state";
import type { Values } from "../../provider/core/wire";
import { resources } from "../../provider/resources";

/** A user as a program declares it. */
export interface Declared {
  kind: string;
  values: Values;
  /** The name of the resource. */
  name?: string;
  secrets?: readonly string[];
  declaredCount?: number;
}

export const bothFrontends: readonly [string, Frontend][] = [
  ["dynamic resources", dynamicFrontend],
  ["the plugin", pluginFrontend],
];

export const urnOf = (kind: string, name = "sample"): string => `urn:pulumi:test::test::t:${kind}::${name}`;

/** One run of the engine without a process of its own: what it asks of the provider, in plain values. */
export type Run = ReturnType<typeof openRun>;

export function openRun(frontend: Frontend, account: Account) {
  let lines: string[] = [];
  const urns: (string | undefined)[] = [];
  const report = reportTo(async (severity, urn, message) => {
    lines.push(`${severity}: ${message}`);
    urns.push(urn);
  });
  const engine = randomUUID();
  const context = openContext({
    frontend,
    report,
    engine: () => engine,
    isStackAccount: () => false,
    account: () => ({ ...account, journal: "off" }),
  });
  const owner = ({ kind, name }: Declared) => ({
    resource: resources.find(({ type }) => type === kind)!,
    urn: urnOf(kind, name),
  });
  const checked = (declared: Declared, previous?: Values, isPreview = false) =>
    checkInputs(context, {
      ...owner(declared),
      previous,
      inputs: declared.values,
      replaceOnChanges: [],
      shown: [],
      preview: isPreview && !frontend.previewsWrites ? optional(declared) : undefined,
    });
  const optional = ({ secrets = [], declaredCount }: Declared) => ({ secrets, declaredCount });
  const hidden = <T>({ values, secrets = [] }: Declared, work: () => Promise<T>): Promise<T> =>
    withSecrets(
      secrets.map((name) => values[name]),
      work,
    );

  const compare = (state: ResourceState, declared: Declared, replaceOnChanges: readonly string[] = []) =>
    diffUser(context, {
      ...owner(declared),
      state,
      inputs: declared.values,
      ignored: [],
      replaceOnChanges,
      secrets: [],
      secretsBefore: [],
      declaredCount: declared.declaredCount,
    });

  return {
    /** The lines since this was last asked. */
    lines: (): string[] => lines.splice(0),
    urns,
    check: (declared: Declared, previous?: Values): Promise<string[]> =>
      hidden(declared, async () => (await checked(declared, previous)).failures.map(({ reason }) => reason)),
    /** The preview of a user that is to be created, in which the engine asks the plugin for the create too. */
    async previewCreate(declared: Declared): Promise<string[]> {
      lines = [];
      await hidden(declared, async () => {
        const { inputs, failures } = await checked(declared, undefined, true);
        expect(failures).toEqual([]);
        if (frontend.previewsWrites)
          await createUser(context, {
            ...owner(declared),
            inputs,
            isPreview: true,
            ...optional(declared),
          });
      });
      return lines.splice(0);
    },
    create: (declared: Declared): Promise<ResourceState> =>
      createUser(context, {
        ...owner(declared),
        inputs: declared.values,
        isPreview: false,
        ...optional(declared),
      }),
    compare,
    /** The lines of a comparison, before which the engine checks what is declared. */
    async preview(state: ResourceState, declared: Declared, replaceOnChanges: readonly string[] = []) {
      lines = [];
      await checked(declared, state.values);
      await compare(state, declared, replaceOnChanges);
      return lines.splice(0);
    },
    async read(state: ResourceState, declared: Declared) {
      const secrets: string[] = [];
      return readUser(context, {
        ...owner(declared),
        state,
        secrets,
        declaredCount: declared.declaredCount,
        isManaged: true,
      });
    },
    update: (state: ResourceState, declared: Declared) =>
      updateUser(context, {
        ...owner(declared),
        state,
        previous: state.values,
        inputs: declared.values,
        ignored: [],
        isPreview: false,
      }),
    remove: (state: ResourceState, declared: Declared) => deleteUser(context, { ...owner(declared), state }),
  };
}
