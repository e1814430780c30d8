// Made by `npm run generate` from the resource's table.

import type * as pulumi from "@pulumi/pulumi";
import { bastionhostUser } from "../../../provider/resources/bastionhost/bastionhostUser";
import { bastionhostUserClass, type BastionhostUserClass } from "../../bastionhostUserClass";
import { pluginDataSourcesOf } from "../../pluginDataSources";
import { pluginRegistration } from "../../pluginRegistration";
import type { BastionhostUserDataSources, BastionhostUserOutputs } from "../types/bastionhostUser";

/** A user of a bastion host. See the [API page](https://www.alibabacloud.com/help/en/bastion-host/developer-reference/api-yundun-bastionhost-2019-12-09-modifyuser). */
export interface BastionhostUser extends pulumi.CustomResource, BastionhostUserOutputs {}
/** A user of a bastion host. See the [API page](https://www.alibabacloud.com/help/en/bastion-host/developer-reference/api-yundun-bastionhost-2019-12-09-modifyuser). */
export const BastionhostUser: BastionhostUserClass = bastionhostUserClass(pluginRegistration);

const users = pluginDataSourcesOf<BastionhostUserDataSources>(bastionhostUser);
/** Looks up one BastionhostUser by `userId` or `userName`, including users not managed by Pulumi. Fails if there is none. */
export const getBastionhostUser = users.one;
/** Looks up one BastionhostUser by `userId` or `userName`, which may be outputs. Fails if there is none. */
export const getBastionhostUserOutput = users.oneOutput;
/** Looks up the BastionhostUsers that match the API's own filters, or all of them, including users not managed by Pulumi. */
export const getBastionhostUsers = users.many;
/** Looks up the BastionhostUsers that match the API's own filters, or all of them; the arguments may be outputs. */
export const getBastionhostUsersOutput = users.manyOutput;
