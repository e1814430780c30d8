import { defineProduct } from "../product/product";
import { bastionhosts, bastionhostSnapshot, bastionhostSnapshotSchema } from "./instances";
import { invalidArgument } from "./invalidArgument";
import { lists } from "./lists";
import { locks } from "./locks";
import { addBastionhost, firstBastionhost, newBastionhostSchema } from "./newBastionhost";
import { twoFactor } from "./twoFactor";
import { users } from "./users";

export type { BastionhostInstance, BastionhostSnapshot, BastionhostUser } from "./instances";

/** Bastionhost, version 2019-12-09. */
export const bastionhost = defineProduct({
  name: "Bastionhost",
  version: "2019-12-09",
  actions: { ...users, ...lists, ...locks, ...twoFactor },
  refuse: ({ kind, path }) => invalidArgument(`${path} is ${kind === "missing" ? "missing" : "not valid"}.`),
  snapshot: bastionhostSnapshotSchema,
  seed: (ids) => ({ instances: [firstBastionhost(ids, { instanceId: "bastionhost-cn-demo0001" })] }),
  load: bastionhosts,
  save: bastionhostSnapshot,
  instances: { form: newBastionhostSchema, add: addBastionhost },
});
