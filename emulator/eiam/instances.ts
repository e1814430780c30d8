import { ApiError } from "../product/apiError";
import { type Collection, collection } from "../product/collection";
import type { World } from "../product/product";
import type {
  EiamCustomField,
  EiamInstance,
  EiamOrganizationalUnit,
  EiamSnapshot,
  EiamUser,
} from "./snapshot";

type ClientToken = EiamInstance["clientTokens"][number];
type Lists = "users" | "organizationalUnits" | "customFields" | "clientTokens";

/** An IDaaS instance in memory. */
export interface Idaas extends Omit<EiamInstance, Lists> {
  readonly organizationalUnits: Collection<EiamOrganizationalUnit>;
  readonly customFields: Collection<EiamCustomField>;
  readonly clientTokens: Collection<ClientToken>;
  readonly users: Collection<EiamUser, "username" | "externalId">;
}

/** All IDaaS instances of the account, by InstanceId. */
export type IdaasInstances = Collection<Idaas>;

/** What a UserExternalId is unique within, and the id itself, as one text. */
export function externalIdOf(
  user: Pick<EiamUser, "userSourceType" | "userSourceId" | "userExternalId">,
): string {
  return JSON.stringify([user.userSourceType, user.userSourceId, user.userExternalId]);
}

/** Builds an IDaaS instance from its plain form. */
export function idaasOf(instance: EiamInstance): Idaas {
  const { organizationalUnits, customFields, clientTokens, users } = instance;
  const names = { username: (user: EiamUser) => user.username, externalId: externalIdOf };
  return {
    ...instance,
    organizationalUnits: collection((unit) => unit.organizationalUnitId, {}, organizationalUnits),
    customFields: collection((field) => field.fieldName, {}, customFields),
    clientTokens: collection((used) => used.clientToken, {}, clientTokens),
    users: collection((user) => user.userId, names, users),
  };
}

/** Builds the IDaaS instances of a snapshot. */
export function idaasInstances(snapshot: EiamSnapshot): IdaasInstances {
  return collection((idaas) => idaas.instanceId, {}, snapshot.instances.map(idaasOf));
}

/** The IDaaS instances as plain JSON. */
export function eiamSnapshot(instances: IdaasInstances): EiamSnapshot {
  return { instances: [...instances.rows()].map(instanceSnapshot) };
}

function instanceSnapshot(idaas: Idaas): EiamInstance {
  return {
    ...idaas,
    organizationalUnits: [...idaas.organizationalUnits.rows()],
    customFields: [...idaas.customFields.rows()],
    clientTokens: [...idaas.clientTokens.rows()],
    users: [...idaas.users.rows()],
  };
}

/** The IDaaS instance that a call names. */
export function findIdaas({ state }: World<IdaasInstances>, instanceId: string): Idaas {
  const idaas = state.get(instanceId);
  if (!idaas) throw resourceNotFound("Instance", instanceId);
  return idaas;
}

/** The user that a call names in an IDaaS instance. */
export function findIdaasUser(idaas: Idaas, userId: string): EiamUser {
  const user = idaas.users.get(userId);
  if (!user) throw resourceNotFound("User", userId);
  return user;
}

/** The organizational unit that a call names in an IDaaS instance. */
export function findOrganizationalUnit(idaas: Idaas, organizationalUnitId: string): EiamOrganizationalUnit {
  const unit = idaas.organizationalUnits.get(organizationalUnitId);
  if (!unit) throw resourceNotFound("OrganizationalUnit", organizationalUnitId);
  return unit;
}

function resourceNotFound(resource: string, id: string): ApiError {
  // The codes are those of the sibling developer API, whose backend is the same (unverified).
  return new ApiError(
    404,
    `ResourceNotFound.${resource}`,
    `The specified ${resource} resource: ${id} not found.`,
  );
}
