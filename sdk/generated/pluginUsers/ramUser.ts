// Made by `npm run generate` from the resource's table.

import { ramUser } from "../../../provider/resources/ram/ramUser";
import { pluginDataSourcesOf } from "../../pluginDataSources";
import { pluginRegistration } from "../../pluginRegistration";
import type { RamUserArgs, RamUserDataSources, RamUserOutputs } from "../types/ramUser";
import { userClass } from "../../userClass";

/** A RAM user of the account. See the [API page](https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-updateuser). */
export class RamUser extends userClass<RamUserArgs, RamUserOutputs>(ramUser, pluginRegistration) {}

const users = pluginDataSourcesOf<RamUserDataSources>(ramUser);
/** Looks up one RamUser by `userId` or `userName`, including users not managed by Pulumi. Fails if there is none. */
export const getRamUser = users.one;
/** Looks up one RamUser by `userId` or `userName`, which may be outputs. Fails if there is none. */
export const getRamUserOutput = users.oneOutput;
/** Looks up the RamUsers that match the API's own filters, or all of them, including users not managed by Pulumi. */
export const getRamUsers = users.many;
/** Looks up the RamUsers that match the API's own filters, or all of them; the arguments may be outputs. */
export const getRamUsersOutput = users.manyOutput;
