import type { Product } from "../action";
import { invalidArgument } from "./invalidArgument";
import { lists } from "./lists";
import { locks } from "./locks";
import { twoFactor } from "./twoFactor";
import { users } from "./users";

/** Bastionhost, version 2019-12-09. */
export const bastionhost: Product = {
  version: "2019-12-09",
  actions: { ...users, ...lists, ...locks, ...twoFactor },
  refuse: ({ kind, path }) => invalidArgument(`${path} is ${kind === "missing" ? "missing" : "not valid"}.`),
};
