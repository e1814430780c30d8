import { z } from "zod";
import { ApiError } from "../product/apiError";
import type { World } from "../product/product";
import { defineAction } from "./defineAction";
import {
  findIdaas,
  findIdaasUser,
  findOrganizationalUnit,
  type Idaas,
  type IdaasInstances,
} from "./instances";
import type { EiamUser } from "./snapshot";
import { filledText, instanceParams, oneUserParams } from "./userParams";

const someUnits = z.strictObject({
  ...oneUserParams,
  OrganizationalUnitIds: z.array(filledText(64)).min(1).max(100),
});

/** The operations on organizational units and who is in them. */
export const organizationalUnits = {
  GetRootOrganizationalUnit: defineAction({
    accepts: z.strictObject(instanceParams),
    run(world, params) {
      const idaas = findIdaas(world, params.InstanceId);
      return { OrganizationalUnit: shownRoot(idaas) };
    },
  }),

  SetUserPrimaryOrganizationalUnit: defineAction({
    postOnly: true,
    accepts: z.strictObject({ ...oneUserParams, OrganizationalUnitId: filledText(64) }),
    run(world, params) {
      const idaas = findIdaas(world, params.InstanceId);
      const user = findIdaasUser(idaas, params.UserId);
      const primary = findOrganizationalUnit(idaas, params.OrganizationalUnitId).organizationalUnitId;
      const others = user.organizationalUnitIds.filter(
        (id) => id !== primary && id !== user.primaryOrganizationalUnitId,
      );
      save(world, idaas, {
        ...user,
        primaryOrganizationalUnitId: primary,
        organizationalUnitIds: [primary, ...others],
      });
      return {};
    },
  }),

  AddUserToOrganizationalUnits: defineAction({
    postOnly: true,
    accepts: someUnits,
    run(world, params) {
      const idaas = findIdaas(world, params.InstanceId);
      const user = findIdaasUser(idaas, params.UserId);
      params.OrganizationalUnitIds.forEach((id) => findOrganizationalUnit(idaas, id));
      const ids = new Set([...user.organizationalUnitIds, ...params.OrganizationalUnitIds]);
      save(world, idaas, { ...user, organizationalUnitIds: [...ids] });
      return {};
    },
  }),

  RemoveUserFromOrganizationalUnits: defineAction({
    postOnly: true,
    accepts: someUnits,
    run(world, params) {
      const idaas = findIdaas(world, params.InstanceId);
      const user = findIdaasUser(idaas, params.UserId);
      const leaving = params.OrganizationalUnitIds;
      leaving.forEach((id) => findOrganizationalUnit(idaas, id));
      if (leaving.includes(user.primaryOrganizationalUnitId)) throw primaryStays();
      // Leaving a unit that the user is not in succeeds (unverified).
      const staying = user.organizationalUnitIds.filter((id) => !leaving.includes(id));
      save(world, idaas, { ...user, organizationalUnitIds: staying });
      return {};
    },
  }),
};

function primaryStays(): ApiError {
  // That the primary cannot be removed is documented, the code is not (unverified).
  const message = "The user cannot be removed from the primary organizational unit.";
  return new ApiError(403, "OperationDenied.PrimaryOrganizationalUnit", message);
}

function save(world: World<IdaasInstances>, idaas: Idaas, user: EiamUser): void {
  idaas.users.put({ ...user, updateTime: world.now().getTime() });
}

function shownRoot(idaas: Idaas) {
  const root = findOrganizationalUnit(idaas, idaas.rootOrganizationalUnitId);
  return {
    InstanceId: idaas.instanceId,
    OrganizationalUnitId: root.organizationalUnitId,
    OrganizationalUnitName: root.organizationalUnitName,
    Description: root.description,
    CreateTime: root.createTime,
    UpdateTime: root.updateTime,
  };
}
