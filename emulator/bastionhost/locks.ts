import { z } from "zod";
import { defineAction, type ItemError } from "../action";
import { jsonText } from "../parameters";
import type { World } from "../world";
import { instanceParams } from "./instanceParams";
import type { Bastionhost, BastionhostUser } from "./instances";
import { findBastionhost } from "./instances";

const lockParams = z.strictObject({
  ...instanceParams,
  UserIds: jsonText(z.array(z.string()).min(1).max(100)),
});

type LockParams = z.output<typeof lockParams>;
type UserStates = BastionhostUser["userState"];

/** The operations that lock and unlock users, with a verdict on each in a 200. */
export const locks = {
  LockUsers: defineAction({
    accepts: lockParams,
    run: (world, params) => verdicts(world, params, isFrozen, freeze),
    refuseItems: sameVerdicts,
  }),

  UnlockUsers: defineAction({
    accepts: lockParams,
    run: (world, params) => verdicts(world, params, (states) => !isFrozen(states), thaw),
    refuseItems: sameVerdicts,
  }),
};

function verdicts(
  world: World,
  params: LockParams,
  isDone: (states: UserStates) => boolean,
  change: (states: UserStates) => UserStates,
) {
  const host = findBastionhost(world, params.InstanceId);
  const judge = (userId: string) => verdict(host, userId, isDone, change);
  return { Results: params.UserIds.map((userId) => ({ UserId: userId, Code: judge(userId), Message: "" })) };
}

function sameVerdicts({ UserIds }: LockParams, { code, message }: ItemError) {
  return { Results: UserIds.map((userId) => ({ UserId: userId, Code: code, Message: message })) };
}

function verdict(
  host: Bastionhost,
  userId: string,
  isDone: (states: UserStates) => boolean,
  change: (states: UserStates) => UserStates,
): string {
  if (!/^\d+$/.test(userId)) return "INVALID_ARGUMENT";
  const user = host.users.get(userId);
  if (!user) return "OBJECT_NOT_FOUND";
  // The lower-case L is the vendor's.
  if (isDone(user.userState)) return "OBJECT_AlREADY_EXISTS";
  host.users.put({ ...user, userState: change(user.userState) });
  return "OK";
}

function isFrozen(states: UserStates): boolean {
  return states.includes("Frozen");
}

// A user that is Expired as well keeps that state beside Frozen (unverified).
function freeze(states: UserStates): UserStates {
  return [...states.filter((state) => state !== "Normal"), "Frozen"];
}

function thaw(states: UserStates): UserStates {
  const rest = states.filter((state) => state !== "Frozen");
  return rest.length > 0 ? rest : ["Normal"];
}
