import * as fc from "fast-check";
import { checkedRun } from "./checkedRun";
import { type Declared, nameField, type Program, typeOf } from "./program";
import { type StackName, stacks, type World } from "./world";

/** One command of a run, a change of a program, or what somebody else does. */
export interface Step {
  text: string;
  work(world: World, kept: Kept): Promise<void>;
}

/** What earlier steps of a run have left. */
export interface Kept {
  /** Brings back an older state of a stack. */
  restore: Partial<Record<StackName, () => Promise<void>>>;
}

const names = ["ann", "bob"];
const resources = ["a", "b", "c"];

const declared = fc.record({
  resource: fc.constantFrom(...resources),
  type: fc.constantFrom("RamUser", "RamUser", "RamUser", "EiamUser", "EiamUser", "BastionhostUser"),
  frontend: fc.constantFrom("dynamic", "plugin"),
  name: fc.constantFrom(...names),
  displayName: fc.constantFrom("One", "Two"),
  adopt: fc.constantFrom(undefined, true),
  onDelete: fc.constantFrom(undefined, undefined, undefined, "lock", "retain"),
}) as fc.Arbitrary<Declared>;

type Edit = { text: string; of: (program: Program, other: Program) => Program };

const replaced = (program: Program, at: number, change: (user: Declared) => Partial<Declared>): Program => {
  const { users } = program;
  if (users.length === 0) return program;
  const chosen = at % users.length;
  return {
    ...program,
    users: users.map((user, index) => (index === chosen ? { ...user, ...change(user) } : user)),
  };
};

/** Two resources of one URN are no program. */
const distinct = (program: Program): Program => {
  const seen = new Set<string>();
  const users = program.users.filter((user) => {
    const key = `${typeOf(user)} ${user.resource}`;
    return !seen.has(key) && seen.add(key);
  });
  return { ...program, users };
};

const index = fc.nat({ max: 2 });
const edit = (text: string, of: (program: Program) => Program): Edit => ({
  text,
  of: (program) => distinct(of(program)),
});

const edits: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 3,
    arbitrary: declared.map((user) =>
      edit(`add ${JSON.stringify(user)}`, (program) => ({
        ...program,
        // Users of one type meet each other.
        users: [...program.users, { ...user, type: program.users[0]?.type ?? user.type }].slice(-3),
      })),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(index, fc.constantFrom(...resources), fc.boolean()).map(([at, resource, adopt]) => ({
      text: `copy ${at} of the other stack as ${resource}${adopt ? ", adopt" : ""}`,
      of: (program: Program, other: Program) => {
        const copied = other.users[at % Math.max(1, other.users.length)];
        if (!copied) return program;
        const { aliases: _aliases, ...user } = copied;
        return distinct({
          ...program,
          users: [...program.users, { ...user, resource, ...(adopt ? { adopt } : {}) }].slice(-3),
        });
      },
    })),
  },
  {
    weight: 1,
    arbitrary: index.map((at) =>
      edit(`remove ${at}`, (program) => ({ ...program, users: program.users.filter((_, i) => i !== at) })),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(index, fc.constantFrom(...resources), fc.boolean()).map(([at, resource, alias]) =>
      edit(`call resource ${at} ${resource}${alias ? " by alias" : ""}`, (program) =>
        replaced(program, at, (user) => ({
          resource,
          ...(alias ? { aliases: [{ name: user.resource }] } : {}),
        })),
      ),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(index, fc.boolean()).map(([at, alias]) =>
      edit(`change frontend ${at}${alias ? " by alias" : ""}`, (program) =>
        replaced(program, at, (user) => ({
          frontend: user.frontend === "plugin" ? "dynamic" : "plugin",
          ...(alias ? { aliases: [{ type: typeOf(user) }] } : {}),
        })),
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(index, fc.constantFrom(...names))
      .map(([at, name]) => edit(`name ${at} ${name}`, (program) => replaced(program, at, () => ({ name })))),
  },
  {
    weight: 1,
    arbitrary: fc.constant(
      edit("swap names", (program) => {
        const [one, two, ...rest] = program.users;
        if (!one || !two) return program;
        return { ...program, users: [{ ...one, name: two.name }, { ...two, name: one.name }, ...rest] };
      }),
    ),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        index,
        fc.constantFrom<Partial<Declared>>(
          { adopt: true },
          { adopt: true },
          { adopt: undefined },
          { onDelete: "retain" },
          { onDelete: "lock" },
          { onDelete: undefined },
          { replacementTrigger: "one" },
          { replacementTrigger: "two" },
          { replaceOnChanges: ["displayName"], displayName: "Two" },
          { displayName: "One" },
          { displayName: "Three" },
          { retainOnDelete: true },
          { aliases: undefined },
          { import: true },
          { import: undefined },
        ),
      )
      .map(([at, change]) =>
        edit(`change ${at} ${JSON.stringify(change)}`, (program) => replaced(program, at, () => change)),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<Program["failing"][]>("first", "last", "last", undefined, undefined)
      .map((failing) => edit(`failing ${failing}`, (program) => ({ ...program, failing }))),
  },
);

const stack = fc.constantFrom<StackName[]>("test", "test", "test", "second");

/** The URN of one of the resources in the state. */
const urnIn = async (world: World, name: StackName, at: number): Promise<string | undefined> => {
  const held = (await world.look()).held[name];
  return held[at % Math.max(1, held.length)]?.urn;
};

type Option = { text: string; of: (urn: string | undefined) => string[] };
const options = fc.constantFrom<Option[]>(
  ...Array<Option>(6).fill({ text: "", of: () => [] }),
  ...Array<Option>(2).fill({ text: "--continue-on-error", of: () => ["--continue-on-error"] }),
  { text: "--refresh", of: () => ["--refresh"] },
  { text: "--target", of: (urn) => (urn ? ["--target", urn] : []) },
  { text: "--target-replace", of: (urn) => (urn ? ["--target-replace", urn] : []) },
  {
    text: "--target-replace --continue-on-error",
    of: (urn) => (urn ? ["--target-replace", urn, "--continue-on-error"] : []),
  },
);

const up: fc.Arbitrary<Step> = fc
  .record({
    stack,
    edits: fc.array(edits, { minLength: 0, maxLength: 3, size: "max" }),
    option: options,
    at: fc.nat({ max: 5 }),
  })
  .map(({ stack: name, edits: all, option, at }) => ({
    text: `up ${name} [${all.map(({ text }) => text).join("; ")}] ${option.text} ${option.text.includes("target") ? at : ""}`,
    async work(world) {
      world.programs[name] = all.reduce(
        (program, { of }) => of(program, world.programs[name === "test" ? "second" : "test"]),
        world.programs[name],
      );
      await checkedRun(world, name, ["up", ...option.of(await urnIn(world, name, at))]);
    },
  }));

/** A command about one resource of the state. */
const aboutOne = (
  text: string,
  work: (world: World, name: StackName, urn: string) => Promise<unknown>,
): fc.Arbitrary<Step> =>
  fc.tuple(stack, fc.nat({ max: 5 })).map(([name, at]) => ({
    text: `${text} ${name} ${at}`,
    async work(world) {
      const urn = await urnIn(world, name, at);
      if (urn) await work(world, name, urn);
    },
  }));

const taint = aboutOne("taint", (world, name, urn) =>
  world.run(["state", "taint", urn, "--yes", "--stack", name]),
);
const stateDelete = aboutOne("state delete", (world, name, urn) =>
  world.run(["state", "delete", urn, "--yes", "--stack", name]),
);
const move = aboutOne("state move", async (world, name, urn) => {
  const other = stacks.find((each) => each !== name) as StackName;
  const moved = await world.run(["state", "move", urn, "--yes", "--source", name, "--dest", other]);
  const user = world.programs[name].users.find(
    (each) => urn === ["urn:pulumi:" + name, "test", typeOf(each), each.resource].join("::"),
  );
  if (moved.exitCode !== 0 || !user) return;
  const rest = world.programs[name].users.filter((each) => each !== user);
  world.programs[name] = { ...world.programs[name], users: rest };
  world.programs[other] = distinct({
    ...world.programs[other],
    users: [...world.programs[other].users, user],
  });
});
const destroyOne = aboutOne("destroy --target", (world, name, urn) =>
  checkedRun(world, name, ["destroy", "--target", urn]),
);
const refresh: fc.Arbitrary<Step> = stack.map((name) => ({
  text: `refresh ${name}`,
  work: async (world) => void (await checkedRun(world, name, ["refresh"])),
}));
const destroy: fc.Arbitrary<Step> = stack.map((name) => ({
  text: `destroy ${name}`,
  async work(world) {
    const program = world.programs[name];
    world.programs[name] = { users: [] };
    await checkedRun(world, name, ["destroy"]);
    world.programs[name] = program;
  },
}));
const remember: fc.Arbitrary<Step> = stack.map((name) => ({
  text: `remember ${name}`,
  work: async (world, kept) => void (kept.restore[name] = await world.checkpoint(name)),
}));
const restore: fc.Arbitrary<Step> = stack.map((name) => ({
  text: `restore ${name}`,
  work: async (_world, kept) => await kept.restore[name]?.(),
}));

const rootUnit = "ou_root0001";

const ofRam = { type: "RamUser" } as const;
const ofEiam = { type: "EiamUser" } as const;

/** What an admin does; a call that the API refuses has done nothing. */
const admin: fc.Arbitrary<Step> = fc
  .record({
    kind: fc.constantFrom<(typeof ofRam | typeof ofEiam)[]>(ofRam, ofRam, ofEiam),
    name: fc.constantFrom(...names),
    other: fc.constantFrom(...names),
    action: fc.constantFrom("create", "delete", "recreate", "rename"),
  })
  .map(({ kind: { type }, name, other, action }) => ({
    text: `admin ${action} ${type} ${name}${action === "rename" ? ` ${other}` : ""}`,
    async work({ account }) {
      const { ram, eiam } = account.admin;
      const quiet = (call: Promise<unknown>) => call.catch(() => undefined);
      if (type === "RamUser") {
        if (action === "delete" || action === "recreate") await quiet(ram("DeleteUser", { UserName: name }));
        if (action === "create" || action === "recreate")
          await quiet(ram("CreateUser", { UserName: name, DisplayName: "Theirs" }));
        if (action === "rename") await quiet(ram("UpdateUser", { UserName: name, NewUserName: other }));
        return;
      }
      const UserId = (await account.eiamUsers()).find((user) => user[nameField.EiamUser] === name)?.userId;
      if (UserId && (action === "delete" || action === "recreate"))
        await quiet(eiam("DeleteUser", { UserId }));
      if (action === "create" || action === "recreate")
        await quiet(
          eiam("CreateUser", {
            Username: name,
            DisplayName: "Theirs",
            PrimaryOrganizationalUnitId: rootUnit,
          }),
        );
      if (UserId && action === "rename") await quiet(eiam("UpdateUser", { UserId, Username: other }));
    },
  }));

/** Any step. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: up },
  { weight: 2, arbitrary: taint },
  { weight: 1, arbitrary: stateDelete },
  { weight: 1, arbitrary: move },
  { weight: 1, arbitrary: destroyOne },
  { weight: 1, arbitrary: destroy },
  { weight: 1, arbitrary: refresh },
  { weight: 2, arbitrary: remember },
  { weight: 2, arbitrary: restore },
  { weight: 3, arbitrary: admin },
);
