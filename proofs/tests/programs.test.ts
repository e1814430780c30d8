import { classOf, floor, type Kind, peopleFile, users, yamlUsers } from "../bench/programs";
import { parse } from "yaml";
import { tofuUsers } from "../peers/openTofu";
import { check } from "../../provider/core/check";
import type { Values } from "../../provider/core/wire";
import { resources } from "../../provider/resources";

const kinds: Kind[] = ["Ram", "Bastionhost", "Eiam", "EiamCustomFields"];

/** What a program declares: the arguments of each resource, by name. */
function declaredBy(program: string): Map<string, Values> {
  const declared = new Map<string, Values>();
  class Resource {
    constructor(name: string, args: Values) {
      if (declared.has(name)) throw new Error(`There are two resources named ${name}.`);
      declared.set(name, args);
    }
  }
  class CustomResource extends Resource {
    constructor(_type: string, name: string, props: Values) {
      super(name, Object.fromEntries(Object.entries(props).filter(([key]) => !key.startsWith("__"))));
    }
  }
  const modules: Record<string, object> = {
    "pulumi-alicloud-users": Object.fromEntries(Object.values(classOf).map((name) => [name, Resource])),
    "@pulumi/pulumi": { CustomResource, createUrn: (name: string) => name },
  };
  new Function("require", program)((name: string) => modules[name]);
  return declared;
}

const resourceOf = (kind: Kind) => resources.find(({ type }) => type === classOf[kind])!;

describe.each(kinds)("the program that is measured, of %s users,", (kind) => {
  test("declares as many users as it is asked for, each by names of its own", () => {
    const declared = [...declaredBy(users(kind, 25)).values()];
    expect(declared).toHaveLength(25);
    for (const name of ["userName", "username", "email", "sourceUserId"].filter((key) => key in declared[0]!))
      expect(new Set(declared.map((args) => args[name])).size).toBe(25);
  });

  test("is one that the provider accepts as it is", () => {
    for (const declared of declaredBy(users(kind, 3)).values()) {
      const { inputs, failures } = check(resourceOf(kind), { previous: undefined, declared });
      expect(failures).toEqual([]);
      expect(inputs).toEqual(declared);
    }
  });

  test("sets six arguments or more of each", () => {
    for (const declared of declaredBy(users(kind, 2)).values())
      expect(Object.keys(declared).length).toBeGreaterThanOrEqual(6);
  });

  test("stands beside a floor that declares the same values", () => {
    expect(declaredBy(floor(kind, 9))).toEqual(declaredBy(users(kind, 9)));
  });

  test("shares no name with the one of another process", () => {
    const names = ["p0", "p1"].flatMap((prefix) => [...declaredBy(users(kind, 5, prefix)).keys()]);
    expect(new Set(names).size).toBe(10);
  });
});

describe("the programs that are compared with those of other tools", () => {
  const declared = [...declaredBy(users("Ram", 7)).values()];

  test("declare in YAML what they do in TypeScript", () => {
    const { resources: written } = parse(yamlUsers(7)) as {
      resources: Record<string, { properties: Values }>;
    };
    expect(Object.values(written).map(({ properties }) => properties)).toEqual(declared);
  });

  test("declare in a file of people the same", () => {
    const { people } = parse(peopleFile(7)) as { people: Record<string, { ram: Values }> };
    expect(Object.values(people).map(({ ram }) => ram)).toEqual(declared);
  });

  test("declare in OpenTofu's language the same values, but for options of our own", () => {
    const block = /resource "alicloud_ram_user" "user" \{\n([^]*?)\n\}/.exec(
      tofuUsers(7, "127.0.0.1:1"),
    )![1]!;
    const lines = [...block.matchAll(/(\w+) += (.*)/g)].map(([, name, value]) => [name, value]);
    const { count, ...values } = Object.fromEntries(lines) as Record<string, string>;
    expect(count).toBe("7");
    const told = declared.map(({ onDelete: _, ...args }) => Object.values(args).sort());
    const theirs = declared.map((_, index) =>
      Object.values(values).map(
        (value) => JSON.parse(value.replace("${count.index}", String(index))) as string,
      ),
    );
    expect(theirs.map((args) => args.sort())).toEqual(told);
  });
});
