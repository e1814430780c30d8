import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { Values } from "../provider/core/wire";
import { type MapRow, type PeopleOptions } from "../people/options";
import { readPeople } from "../people/readPeople";
import { argumentsOn, planDay } from "../people/stages";
import { account, followed, followsRam, type Person, type Place, userNameIn } from "../people/people";

/** A user of a person, as a class makes it. */
type User = pulumi.CustomResource & { userId: pulumi.Output<string> };

/** The classes of one frontend, by the names of their types. */
type Classes<Users extends Record<string, User>> = {
  readonly [Type in keyof Users]: new (
    name: string,
    args: never,
    opts?: pulumi.CustomResourceOptions,
  ) => Users[Type];
};

/** The users of one person, by the names of their places. */
export type PersonUsers<Ram extends User, Other extends User> = { readonly ram: Ram } & Readonly<
  Record<string, Ram | Other>
>;

/** How a file is read, and what its people become. */
export interface UsersFromFileOptions extends PeopleOptions {
  /** Makes a person of a row of a table, whose columns are those of its first line; for files that end in .csv or .tsv. */
  map?: MapRow;
  /** Pulumi's options for the resources of a person. */
  opts?: (key: string) => pulumi.CustomResourceOptions;
}

/** Returns the function that declares the users of a file through these classes. @internal */
export function usersFromFileWith<Users extends { RamUser: User } & Record<string, User>>(
  classes: Classes<Users>,
) {
  /**
   * Declares the users of a file of people, and returns them by person and place. A file that is missing, empty, wrong or
   * too short throws before any user is declared, with line and column.
   */
  return (
    file: string,
    options: UsersFromFileOptions = {},
  ): Readonly<Record<string, PersonUsers<Users["RamUser"], Users[keyof Users]>>> => {
    const people = readPeople(file, readFileSync(file), options);
    const day = planDay(people, options);
    void pulumi.log.info(`${file}: ${day.sentence}`);
    const all = Object.create(null) as Record<string, never>;
    for (const { person, stage } of day.people) {
      const users = Object.create(null) as Record<string, User>;
      for (const { place: name, values } of ramFirst(person)) {
        const place = people.places.get(name) as Place;
        const args = withSecrets(argumentsOn(person, place, values, { stage, timeZone: people.timeZone }));
        const linked = followsRam(person, place, values)
          ? followed(place, ramOf(users.ram as User, person))
          : {};
        const Class = classes[place.resource.type as keyof Users];
        users[name] = new Class(
          resourceName(person, name),
          { ...linked, ...args } as never,
          options.opts?.(person.key),
        );
      }
      all[person.key] = users as never;
    }
    return all;
  };
}

/** The name of a resource: the person's own for the RAM user, with the place behind it for the others. */
function resourceName({ key }: Person, place: string): string {
  return place === "ram" ? key : `${key}@${place}`;
}

const ramFirst = ({ users }: Person): Person["users"] =>
  [...users].sort((one, other) => Number(other.place === "ram") - Number(one.place === "ram"));

/** The id and the name of a person's RAM user. */
function ramOf(ram: User, { users }: Person): { id: unknown; name: unknown } {
  const { values } = users.find(({ place }) => place === "ram") as Person["users"][number];
  const { adopt } = values;
  const id = typeof adopt === "string" ? adopt.split(":").at(-1) : undefined;
  return { id: knownOr(ram.userId, id), name: userNameIn(account, values) };
}

/** The output, and while it is not known this value: the preview of an adoption by id knows what the id will be. */
function knownOr(output: pulumi.Output<string>, value: string | undefined): pulumi.Input<string> {
  if (value === undefined) return output;
  const { isKnown } = output as unknown as { isKnown: Promise<boolean> };
  const either = isKnown.then((known) => (known ? output : value));
  return pulumi.output(either as unknown as string);
}

/** A value `{ config: "name" }` is a secret of the stack's configuration. */
function withSecrets(values: Values): Values {
  const config = new pulumi.Config();
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const key = configName(value);
      return [name, key === undefined ? value : config.requireSecret(key)];
    }),
  );
}

function configName(value: unknown): string | undefined {
  const isReference = value !== null && typeof value === "object" && Object.keys(value).join() === "config";
  return isReference ? String((value as { config: unknown }).config) : undefined;
}
