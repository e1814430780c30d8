import type { z } from "zod";
import { acceptParams } from "./acceptParams";
import type { Action, ItemError, World } from "./product";

/** The declaration of an action: the parameters it accepts and what it does with them. */
export interface ActionSpec<State, Accepted extends z.ZodObject> {
  postOnly?: boolean;
  anonymous?: boolean;
  accepts: Accepted;
  run(world: World<State>, params: z.output<Accepted>): object;
  refuseItems?(params: z.output<Accepted>, error: ItemError): object;
}

/** Returns the function that declares the actions of a product with this state. */
export function actionsOn<State>() {
  return function defineAction<Accepted extends z.ZodObject>(
    spec: ActionSpec<State, Accepted>,
  ): Action<State> {
    const { accepts, refuseItems } = spec;
    return {
      accepted: Object.keys(accepts.shape),
      postOnly: spec.postOnly ?? false,
      anonymous: spec.anonymous ?? false,
      judgesItems: refuseItems !== undefined,
      prepare(world, wireParams, rules) {
        const params = acceptParams(accepts, wireParams, rules);
        return {
          run: () => spec.run(world, params),
          refuseItems: refuseItems && ((error) => refuseItems(params, error)),
        };
      },
    };
  };
}
