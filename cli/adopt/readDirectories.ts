import { connect } from "../../provider/api/connect";
import type { Settings } from "../../provider/api/settings";
import { idOf, scopeOf, userIdOf } from "../../provider/core/identity";
import type { Values } from "../../provider/core/wire";
import { needsGet } from "../../provider/core/directorySchema";
import { rowsOf } from "../../provider/core/resource";
import { readDeclared } from "../../provider/lifecycle/read";
import type { Place } from "../../people/people";
import { mapLimited } from "../drift/mapLimited";

/** A user of the account, as a program would declare it. */
export interface FoundUser {
  /** The name of its place in the file. */
  place: string;
  /** The id of the resource, and that within its directory. */
  id: string;
  userId: string;
  name: string;
  values: Values;
}

/** What was read, and the calls that it took. */
export interface Reading {
  users: FoundUser[];
  reads: number;
}

const atATime = 8;

/** Reads every user of these places with a client that sends Get and List calls only. */
export async function readDirectories(
  settings: Settings,
  places: ReadonlyMap<string, Place>,
  notice: (sentence: string) => void,
): Promise<Reading> {
  let reads = 0;
  const account = connect(settings, {
    notice,
    guard: (_schema, send) => (call) => {
      if (!/^(Get|List)/.test(call.action))
        throw new Error(`adopt only reads, and does not send ${call.action}.`);
      reads++;
      return send(call);
    },
  });
  await account.verify();
  const users: FoundUser[] = [];
  for (const [place, { resource, values: own }] of places) {
    const scope = scopeOf(resource, own);
    const directory = account.directory(resource, scope, own.regionId as string | undefined);
    const listed = await directory.search({});
    const fields = rowsOf(resource).flatMap(([, row]) => row.fields);
    const isWhole = !needsGet(resource, fields);
    const found = await mapLimited(listed, atATime, async (user): Promise<FoundUser[]> => {
      const id = idOf(resource, user);
      const read = await readDeclared(resource, id, directory, isWhole ? user : undefined);
      const name = String(user[resource.nameField]);
      return read ? [{ place, id, userId: userIdOf(resource, id), name, values: read.inputs }] : [];
    });
    users.push(...found.flat());
  }
  return { users, reads };
}
