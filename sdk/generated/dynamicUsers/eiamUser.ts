// Made by `npm run generate` from the resource's table.

import type * as pulumi from "@pulumi/pulumi";
import { eiamUser } from "../../../provider/resources/eiam/eiamUser";
import { eiamUserClass, type EiamUserClass } from "../../eiamUserClass";
import { dataSourcesOf } from "../../dataSources";
import { dynamicRegistration } from "../../dynamicRegistration";
import type { EiamUserDataSources, EiamUserOutputs } from "../types/eiamUser";

/** A user of an EIAM (IDaaS) instance. See the [API page](https://www.alibabacloud.com/help/en/idaas/eiam/developer-reference/api-eiam-2021-12-01-updateuser). */
export interface EiamUser extends pulumi.CustomResource, EiamUserOutputs {}
/** A user of an EIAM (IDaaS) instance. See the [API page](https://www.alibabacloud.com/help/en/idaas/eiam/developer-reference/api-eiam-2021-12-01-updateuser). */
export const EiamUser: EiamUserClass = eiamUserClass(dynamicRegistration);

const users = dataSourcesOf<EiamUserDataSources>(eiamUser);
/** Looks up one EiamUser by `userId` or `username`, including users not managed by Pulumi. Fails if there is none. */
export const getEiamUser = users.one;
/** Looks up one EiamUser by `userId` or `username`, which may be outputs. Fails if there is none. */
export const getEiamUserOutput = users.oneOutput;
/** Looks up the EiamUsers that match the API's own filters, or all of them, including users not managed by Pulumi. The API's list lacks `primaryOrganizationalUnitId`, `organizationalUnitIds`, `customFields`. */
export const getEiamUsers = users.many;
/** Looks up the EiamUsers that match the API's own filters, or all of them; the arguments may be outputs. The API's list lacks `primaryOrganizationalUnitId`, `organizationalUnitIds`, `customFields`. */
export const getEiamUsersOutput = users.manyOutput;
