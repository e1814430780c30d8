import { z } from "zod";
import { actionsOn } from "../product/actionsOn";
import { ApiError } from "../product/apiError";
import { isoSeconds } from "../product/isoSeconds";
import { defineProduct } from "../product/product";
import { randomName } from "../product/randomName";
import type { Problem } from "../product/wireParams";
import {
  firstStsSnapshot,
  roleArn,
  sessionArn,
  type StsAccount,
  stsAccount,
  type StsRole,
  stsSnapshot,
  stsSnapshotSchema,
} from "./account";
import { refuseToken } from "./oidcToken";

export type { StsRole, StsSession, StsSnapshot } from "./account";

const defineAction = actionsOn<StsAccount>();

const assumed = {
  RoleArn: z.string().min(1),
  RoleSessionName: z.string().regex(/^[\w.@-]{2,64}$/),
  DurationSeconds: z.coerce.number().int().min(900).optional(),
  Policy: z.string().min(1).max(2048).optional(),
};

/** Security Token Service, version 2015-04-01. */
export const sts = defineProduct({
  name: "Sts",
  version: "2015-04-01",
  actions: {
    AssumeRole: defineAction({
      accepts: z.strictObject({ ...assumed, ExternalId: z.string().min(2).max(1224).optional() }),
      run(world, params) {
        const role = existingRole(world.state, params.RoleArn);
        if (role.externalId !== undefined && role.externalId !== params.ExternalId) throw notTrusted();
        return openSession(world, role, params);
      },
    }),

    AssumeRoleWithOIDC: defineAction({
      anonymous: true,
      accepts: z.strictObject({
        ...assumed,
        OIDCProviderArn: z.string().min(1),
        OIDCToken: z.string().min(4).max(20_000),
      }),
      run(world, params) {
        const { state, now } = world;
        const role = existingRole(state, params.RoleArn);
        refuseToken(params.OIDCToken, now());
        const provider = `acs:ram::${state.accountId}:oidc-provider/${role.oidcProvider}`;
        if (role.oidcProvider === undefined || provider !== params.OIDCProviderArn)
          throw new ApiError(403, "AuthenticationFail.NoPermission", "The role does not trust the provider.");
        return openSession(world, role, params);
      },
    }),

    GetCallerIdentity: defineAction({
      accepts: z.strictObject({}),
      run({ state, caller }) {
        const { accountId } = state;
        const session = state.sessions.get(caller);
        if (!session) {
          const id = "200000000000000000";
          const arn = `acs:ram::${accountId}:user/${caller}`;
          return { AccountId: accountId, Arn: arn, IdentityType: "RAMUser", PrincipalId: id, UserId: id };
        }
        const roleId = state.roles.find(({ roleName }) => roleName === session.roleName)?.roleId ?? "";
        return {
          AccountId: accountId,
          Arn: sessionArn(state, session),
          IdentityType: "AssumedRoleUser",
          PrincipalId: `${roleId}:${session.roleSessionName}`,
          RoleId: roleId,
        };
      },
    }),
  },
  refuse,
  snapshot: stsSnapshotSchema,
  seed: firstStsSnapshot,
  load: stsAccount,
  save: stsSnapshot,
});

function existingRole(account: StsAccount, arn: string): StsRole {
  const role = account.roles.find((each) => roleArn(account, each) === arn);
  if (!role) throw new ApiError(404, "EntityNotExist.Role", "The specified Role not exists.");
  return role;
}

interface Asked {
  RoleSessionName: string;
  DurationSeconds?: number | undefined;
  Policy?: string | undefined;
}

function openSession({ state, now }: { state: StsAccount; now(): Date }, role: StsRole, asked: Asked) {
  const { RoleSessionName: roleSessionName, DurationSeconds: seconds = 3600, Policy: policy } = asked;
  if (seconds > role.maxSessionDuration) throw refuse({ ...wrongValue, parameter: "DurationSeconds" });
  const session = {
    accessKeyId: `STS.${randomName(24)}`,
    accessKeySecret: randomName(44),
    securityToken: randomName(120),
    roleName: role.roleName,
    roleSessionName,
    expiration: isoSeconds(new Date(now().getTime() + seconds * 1000)),
    ...(policy !== undefined && { policy }),
  };
  state.sessions.set(session.accessKeyId, session);
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      AccessKeySecret: session.accessKeySecret,
      SecurityToken: session.securityToken,
      Expiration: session.expiration,
    },
    AssumedRoleUser: {
      Arn: sessionArn(state, session),
      AssumedRoleId: `${role.roleId}:${roleSessionName}`,
    },
  };
}

function notTrusted(): ApiError {
  const message = "You are not authorized to do this action. You should be authorized by RAM.";
  return new ApiError(403, "NoPermission", message);
}

const wrongValue = { kind: "value" as const, path: "" };

function refuse({ parameter, kind }: Problem): ApiError {
  if (kind === "missing")
    return new ApiError(400, `Missing${parameter}`, `${parameter} is mandatory for this action.`);
  const message = `The specified ${parameter} is not valid.`;
  return new ApiError(400, `InvalidParameter.${parameter}`, message);
}
