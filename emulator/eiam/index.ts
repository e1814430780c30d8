import { defineProduct } from "../product/product";
import { eiamSnapshot, idaasInstances } from "./instances";
import { lists } from "./lists";
import { addIdaas, newIdaasSchema } from "./newIdaas";
import { organizationalUnits } from "./organizationalUnits";
import { invalidParameter, missingParameter } from "./parameterErrors";
import { passwords } from "./passwords";
import { eiamSnapshotSchema, firstEiamInstance } from "./snapshot";
import { statuses } from "./statuses";
import { users } from "./users";

export type { EiamInstance, EiamSnapshot, EiamUser } from "./snapshot";

/** Identity as a Service (EIAM), version 2021-12-01. */
export const eiam = defineProduct({
  name: "Eiam",
  version: "2021-12-01",
  actions: { ...users, ...lists, ...statuses, ...passwords, ...organizationalUnits },
  refuse({ kind, parameter, path }) {
    const isWholeParameter = parameter === path;
    return kind === "missing" && isWholeParameter
      ? missingParameter(parameter)
      : invalidParameter(parameter, path);
  },
  snapshot: eiamSnapshotSchema,
  seed: (ids) => ({ instances: [firstEiamInstance("idaas_demo0001", ids)] }),
  load: idaasInstances,
  save: eiamSnapshot,
  instances: { form: newIdaasSchema, add: addIdaas },
});
