import { z } from "zod";
import { jsonText } from "../product/parameters";
import type { ItemError } from "../product/product";
import { defineAction } from "./defineAction";
import { instanceParams } from "./instanceParams";
import { type Bastionhost, type BastionhostUser, findBastionhost } from "./instances";

const lockParams = z.strictObject({
  ...instanceParams,
  UserIds: jsonText(z.array(z.string()).min(1).max(100)),
});

type LockParams = z.output<typeof lockParams>;
type UserStates = BastionhostUser["userState"];

/** The states of a user that is locked or unlocked; nothing where the user is so already. */
type Change = (states: UserStates) => UserStates | undefined;

/** The actions that lock and unlock users, whose answer of status 200 has a code for each user. */
export const locks = {
  LockUsers: defineAction({
    accepts: lockParams,
    run: (world, params) => results(params, changer(findBastionhost(world, params.InstanceId), freeze)),
    refuseItems: (params, error) => results(params, () => error),
  }),

  UnlockUsers: defineAction({
    accepts: lockParams,
    run: (world, params) => results(params, changer(findBastionhost(world, params.InstanceId), unfreeze)),
    refuseItems: (params, error) => results(params, () => error),
  }),
};

function results({ UserIds }: LockParams, resultOf: (userId: string) => ItemError) {
  const ofEach = UserIds.map((userId) => ({ userId, ...resultOf(userId) }));
  return {
    Results: ofEach.map(({ userId, code, message }) => ({ UserId: userId, Code: code, Message: message })),
  };
}

function changer(host: Bastionhost, change: Change) {
  return (userId: string) => ({ code: changeOne(host, userId, change), message: "" });
}

function changeOne(host: Bastionhost, userId: string, change: Change): string {
  if (!/^\d+$/.test(userId)) return "INVALID_ARGUMENT";
  const user = host.users.get(userId);
  if (!user) return "OBJECT_NOT_FOUND";
  const userState = change(user.userState);
  // The lower-case L is the vendor's.
  if (!userState) return "OBJECT_AlREADY_EXISTS";
  host.users.put({ ...user, userState });
  return "OK";
}

// A user that is Expired as well keeps that state beside Frozen (unverified).
function freeze(states: UserStates): UserStates | undefined {
  if (states.includes("Frozen")) return undefined;
  return [...states.filter((state) => state !== "Normal"), "Frozen"];
}

function unfreeze(states: UserStates): UserStates | undefined {
  if (!states.includes("Frozen")) return undefined;
  const rest = states.filter((state) => state !== "Frozen");
  return rest.length > 0 ? rest : ["Normal"];
}
