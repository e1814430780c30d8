import { createStack, type Stack, type StackOptions } from "../support/stack";

/** A way in which the users of a program reach the provider. */
export interface Frontend {
  name: "dynamic resources" | "the plugin";
  /** What a program imports. */
  module: string;
  /** Whether the engine reads each user as in a refresh before it compares; else the provider does in comparing. */
  refreshes: boolean;
  /** The type of a kind of user in the state. */
  type(kind: string): string;
  /** Makes a stack whose program runs in one process; it may import the package under its main name. */
  createStack(options: StackOptions): Promise<Stack>;
}

export const dynamic: Frontend = {
  name: "dynamic resources",
  module: "pulumi-alicloud-users",
  refreshes: false,
  type: (kind) => `pulumi-nodejs:dynamic/alicloud-users:${kind}`,
  createStack: (options) => createStack({ oneProcess: true, ...options }),
};

export const plugin: Frontend = {
  name: "the plugin",
  module: "pulumi-alicloud-users/plugin",
  refreshes: true,
  type: (kind) => `alicloud-users:index:${kind}`,
  async createStack({ source, ...options }) {
    const stack = await dynamic.createStack({ ...options, ...(source ? { source: imported(source) } : {}) });
    return { ...stack, writeProgram: (text) => stack.writeProgram(imported(text)) };
  },
};

/** Both ways; what is promised holds for either. */
export const frontends: readonly Frontend[] = [dynamic, plugin];

const imported = (source: string): string => source.replaceAll(`"${dynamic.module}"`, `"${plugin.module}"`);
