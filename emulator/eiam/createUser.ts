import { z } from "zod";
import { ApiError } from "../product/apiError";
import { digest } from "../product/digest";
import type { World } from "../product/product";
import { derivedName } from "../product/ids";
import { changeCustomFields, newCustomFields } from "./customFields";
import { findIdaas, findOrganizationalUnit, type Idaas, type IdaasInstances } from "./instances";
import { refuseTakenExternalId, refuseTakenUsername } from "./refuseTaken";
import type { EiamUser } from "./snapshot";
import {
  filledText,
  instanceParams,
  mergeProfile,
  profileParams,
  refuseHalfContacts,
  refuseWeakPassword,
  usernameText,
} from "./userParams";

const passwordInitializationConfig = z.strictObject({
  PasswordInitializationPolicyPriority: z.enum(["global", "custom"]).optional(),
  PasswordForcedUpdateStatus: z.enum(["enabled", "disabled"]).optional(),
  PasswordInitializationType: z.literal("random").optional(),
  UserNotificationChannels: z.array(z.enum(["email", "sms"])).optional(),
});

/** What CreateUser accepts. */
export const createParams = z.strictObject({
  ...instanceParams,
  ...profileParams,
  // UpdateUser has allowed 256 since June 2026; the page of CreateUser still says 128.
  DisplayName: filledText(128).optional(),
  Username: usernameText,
  Password: z.string().optional(),
  UserExternalId: filledText(128).optional(),
  PrimaryOrganizationalUnitId: filledText(64),
  OrganizationalUnitIds: z.array(filledText(64)).max(100).optional(),
  Description: filledText(256).optional(),
  CustomFields: newCustomFields,
  PasswordInitializationConfig: passwordInitializationConfig.optional(),
  ClientToken: z
    .string()
    .max(64)
    .regex(/^[\x20-\x7e]+$/)
    .optional(),
});

type CreateParams = z.output<typeof createParams>;

/** Makes a user, or answers with the one that the same ClientToken made before. */
export function createUser(world: World<IdaasInstances>, params: CreateParams): { UserId: string } {
  const idaas = findIdaas(world, params.InstanceId);
  const { ClientToken: clientToken, ...call } = params;
  const callDigest = digest(JSON.stringify(call));
  const used = clientToken === undefined ? undefined : idaas.clientTokens.get(clientToken);
  if (used && used.callDigest !== callDigest) throw tokenOfAnotherCall();
  if (used) return { UserId: used.userId };
  const user = checkedUser(world, idaas, params);
  idaas.users.put(user);
  idaas.createdUsers += 1;
  if (clientToken !== undefined) idaas.clientTokens.put({ clientToken, callDigest, userId: user.userId });
  return { UserId: user.userId };
}

function tokenOfAnotherCall(): ApiError {
  // The platform-wide rule; what EIAM itself answers is (unverified).
  const message = "The request uses the same client token as a previous, but non-identical request.";
  return new ApiError(400, "IdempotentParameterMismatch", message);
}

function checkedUser(world: World<IdaasInstances>, idaas: Idaas, params: CreateParams): EiamUser {
  refuseHalfContacts(params);
  if (params.Password !== undefined) refuseWeakPassword(params.Password);
  const fields = (params.CustomFields ?? []).map((field) => ({ ...field, Operation: "add" as const }));
  const user = changeCustomFields(idaas, mergeProfile(newUser(world, idaas, params), params), fields);
  user.organizationalUnitIds.forEach((id) => findOrganizationalUnit(idaas, id));
  refuseTakenUsername(idaas, user.username);
  refuseTakenExternalId(idaas, user);
  const quota = world.userQuota ?? Infinity;
  // No page names the code for a full instance (unverified).
  if (idaas.users.count() >= quota)
    throw new ApiError(403, "LimitExceeded.User", `At most ${quota} users are allowed.`);
  return user;
}

function newUser(world: World<IdaasInstances>, idaas: Idaas, params: CreateParams): EiamUser {
  const userId = `user_${derivedName(idaas.idSeed, idaas.createdUsers)}`;
  const primary = params.PrimaryOrganizationalUnitId;
  const time = world.now().getTime();
  return {
    userId,
    username: params.Username,
    description: params.Description,
    phoneNumberVerified: false,
    emailVerified: false,
    userExternalId: params.UserExternalId ?? userId,
    userSourceType: "build_in",
    userSourceId: idaas.instanceId,
    status: "enabled",
    primaryOrganizationalUnitId: primary,
    organizationalUnitIds: [...new Set([primary, ...(params.OrganizationalUnitIds ?? [])])],
    customFields: {},
    groups: [],
    ...firstPassword(params),
    registerTime: time,
    createTime: time,
    updateTime: time,
  };
}

function firstPassword(params: CreateParams) {
  const config = params.PasswordInitializationConfig;
  // Without the priority, or with "global", the rest of the config is void.
  const isCustom = config?.PasswordInitializationPolicyPriority === "custom";
  const isMadeUp = isCustom && config.PasswordInitializationType === "random";
  const passwordDigest = params.Password === undefined ? undefined : digest(params.Password);
  return { passwordDigest, passwordSet: passwordDigest !== undefined || isMadeUp, passwordExpireTime: -1 };
}
