import type { Product } from "../action";
import { invalidParameter, missingParameter } from "./parameterErrors";
import { lists } from "./lists";
import { organizationalUnits } from "./organizationalUnits";
import { passwords } from "./passwords";
import { statuses } from "./statuses";
import { users } from "./users";

/** Identity as a Service (EIAM), version 2021-12-01. */
export const eiam: Product = {
  version: "2021-12-01",
  actions: { ...users, ...lists, ...statuses, ...passwords, ...organizationalUnits },
  refuse({ kind, parameter, path }) {
    const isWholeParameter = parameter === path;
    return kind === "missing" && isWholeParameter
      ? missingParameter(parameter)
      : invalidParameter(parameter, path);
  },
};
