import * as fc from "fast-check";
import path from "node:path";
import { openPeopleFile, withPeople } from "../../cli/adopt/peopleFile";
import { planAdoption } from "../../cli/adopt/plan";
import { readDirectories } from "../../cli/adopt/readDirectories";
import {
  account as ownUsers,
  followed,
  followsRam,
  kinds,
  type People,
  type Person,
  type Place,
  placeOf,
} from "../../people/people";
import { readPeople } from "../../people/readPeople";
import { argumentsOn } from "../../people/stages";
import type { ProductName } from "../../emulator";
import type { Wire } from "../../provider/core/wire";
import { instanceIds, settingsFor, units, useAccount } from "../api/account";
import { hostileNames } from "../e2e/hostileUsers";
import { texts } from "../modelTest/arbitraries";
import { bothFrontends, type Declared, openRun } from "./inProcess";

const account = useAccount();

const places = new Map<string, Place>([
  ["ram", ownUsers],
  ["bastion", placeOf(kinds.get("bastionhost")!, instanceIds.Bastionhost)],
  ["staff", placeOf(kinds.get("eiam")!, instanceIds.Eiam)],
]);

/** A call that another client of the account sends to make a user. */
interface Drawn {
  product: ProductName;
  params: Wire;
  /** The call that shuts the user out then, if any. */
  lock?: string | undefined;
}

const names = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}[a-z0-9]$/),
);
const email = fc.nat(999).map((number) => `person${number}@example.com`);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const digits = fc.integer({ min: 13_000_000_000, max: 13_999_999_999 }).map(String);
const attributes = <T>(columns: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Wire> =>
  fc.record(columns).map((values) => JSON.parse(JSON.stringify(values)) as Wire);

const ramUser = attributes({
  UserName: names,
  DisplayName: maybe(texts(24)),
  Comments: maybe(texts(100)),
  Email: maybe(email),
  MobilePhone: maybe(digits.map((number) => `86-${number}`)),
});
const bastionhostUser = attributes({
  UserName: names,
  DisplayName: maybe(texts(60)),
  Comment: maybe(texts(100)),
  Email: maybe(email),
  Mobile: maybe(digits),
  EffectiveEndTime: maybe(fc.integer({ min: 1, max: 4_000_000_000 })),
  Source: fc.constant("Local"),
  Password: fc.constant("Correct-Horse-7"),
});
const eiamUser = attributes({
  Username: names,
  DisplayName: maybe(texts(60)),
  Description: maybe(texts(100)),
  CustomFields: maybe(texts(20).map((value) => [{ FieldName: "nick_name", FieldValue: value }])),
  PrimaryOrganizationalUnitId: fc.constantFrom(units.root, units.sales),
});

const drawn: fc.Arbitrary<Drawn> = fc.oneof(
  fc.record({ product: fc.constant("Ram" as const), params: ramUser, lock: fc.constant(undefined) }),
  fc.record({
    product: fc.constant("Bastionhost" as const),
    params: bastionhostUser.map((params) => ({ InstanceId: instanceIds.Bastionhost, ...params })),
    lock: maybe(fc.constant("LockUsers")),
  }),
  fc.record({
    product: fc.constant("Eiam" as const),
    params: eiamUser.map((params) => ({ InstanceId: instanceIds.Eiam, ...params })),
    lock: maybe(fc.constant("DisableUser")),
  }),
);

/** Makes the users of an account; a user that the API refuses, such as one whose name is taken, is none. */
async function makeUsers(users: readonly Drawn[], followers: number): Promise<void> {
  for (const { product, params, lock } of users) {
    const made = await account.outside(product, "CreateUser", params).catch(() => undefined);
    if (!made || lock === undefined) continue;
    const user = lock === "LockUsers" ? { UserIds: JSON.stringify([made.UserId]) } : { UserId: made.UserId };
    await account.outside(product, lock, { InstanceId: params.InstanceId, ...user });
  }
  for (const { userId, userName } of (await account.users("Ram")).slice(0, followers)) {
    const source = { Source: "Ram", SourceUserId: userId, UserName: userName };
    await account
      .outside("Bastionhost", "CreateUser", { InstanceId: instanceIds.Bastionhost, ...source })
      .catch(() => undefined);
  }
}

/** The people of the file that `adopt` writes for the account. */
async function adopted(): Promise<People> {
  const { users } = await readDirectories(settingsFor(account.emulator.url), places, () => undefined);
  const file = openPeopleFile(path.join(__dirname, "none.yaml"));
  const known = { file: file.people, holderOf: () => undefined, places, attributes: "all" as const };
  const plan = planAdoption(users, known);
  const text = withPeople(file, places, plan.people);
  return readPeople("users.yaml", new TextEncoder().encode(text), { minimum: 0 });
}

/** The users of a person as the program declares them. */
function declaredBy({ places: named, timeZone }: People, person: Person): Declared[] {
  const ram = person.users.find(({ place }) => place === "ram")?.values;
  return person.users.map(({ place: name, values }) => {
    const place = named.get(name)!;
    const linked = followsRam(person, place, values)
      ? followed(place, { id: ram?.adopt, name: ram?.userName })
      : {};
    const args = argumentsOn(person, place, values, { stage: "active", timeZone });
    return { kind: place.resource.type, values: { ...linked, ...args }, name: `${person.key}@${name}` };
  });
}

test.each(bothFrontends)(
  "whatever users an account has, they are adopted through %s without a write, and the next preview is empty",
  async (_name, frontend) => {
    const accounts = fc.tuple(fc.array(drawn, { minLength: 1, maxLength: 6 }), fc.nat(2));
    let total = 0;
    await fc.assert(
      fc.asyncProperty(accounts, async ([users, followers]) => {
        await account.emulator.control.reset();
        await makeUsers(users, followers);
        const people = await adopted();
        await account.emulator.control.forgetCalls();
        const run = openRun(frontend, account.connection());
        for (const declared of people.people.flatMap((person) => declaredBy(people, person))) {
          const said = await run.previewCreate(declared);
          expect(said.filter((line) => / change: /.test(line))).toEqual([]);
          const state = await run.create(declared);
          expect(await run.preview(state, declared)).toEqual([]);
          total++;
        }
        expect(await account.writes()).toEqual([]);
      }),
      { numRuns: 25 },
    );
    expect(total).toBeGreaterThan(50);
  },
);
