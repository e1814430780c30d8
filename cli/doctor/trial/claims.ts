/*
 * Claims: what no API page can settle, a real account does. This file derives sentences from the rows of a table (shown,
 * listed, changed, cleared, found, refused), and `doctor --write` checks them in an account with a throwaway user. The tests
 * check the same sentences against the emulator, and against an emulator that differs on purpose, so a claim that cannot
 * fail is found.
 */
import { liveValue } from "../../../provider/core/decode";
import { planUpdate } from "../../../provider/core/plan";
import { type Attribute, notShown } from "../../../provider/core/attribute";
import { type Resource, rowsOf } from "../../../provider/core/resource";
import type { Wire } from "../../../provider/core/wire";
import { stored } from "../../../provider/core/state";
import { isAbsent, isSame } from "../../../provider/core/values";
import type { Sample } from "./samples";
import type { Trial } from "./trial";

/** A sentence that the tables rely on, and how an account shows whether it holds. */
export interface Claim {
  /** What it is about: an attribute, or the whole user. */
  subject: string;
  /** The claim itself, in the API's own names. */
  says: string;
  /** Why the claim is not put to the account, if so. */
  untried?: string;
  /** Nothing where the account agrees, else what it does. Throws the API's refusal of a call that should be carried out. */
  test(trial: Trial): Promise<string | undefined>;
}

/** Every claim of a table, in the order in which they can be tried on one user. */
export function claimsOf(resource: Resource, samples: Readonly<Record<string, Sample>>): Claim[] {
  const rows = rowsOf(resource).map(([name, row]) => ({ name, row, sample: samples[name] ?? {} }));
  // The name last, since it leads to the user.
  const [named, others] = [true, false].map((isName) =>
    rows.filter(({ row }) => (row.field === resource.nameField) === isName),
  ) as [Row[], Row[]];
  return [
    creation(resource),
    ...fieldClaims,
    ...rows.flatMap(shownClaims),
    foundByName,
    duplicate(resource),
    ...others.flatMap((each) => [...changeClaims(each), ...formClaims(each), ...clearClaims(each, resource)]),
    ...named.flatMap((each) => changeClaims(each)),
    deletion(resource),
  ];
}

interface Row {
  name: string;
  row: Attribute;
  sample: Sample;
}

function creation({ create }: Resource): Claim {
  return {
    subject: "the user",
    says: `${create.action} makes the user, and its answer names it`,
    test: (trial) => trial.create(),
  };
}

function shownClaims({ name, row, sample }: Row): Claim[] {
  if (sample.first === undefined)
    return sample.untried === undefined
      ? []
      : [skipped(name, `${row.field} is written and read`, sample.untried)];
  if (row.writeOnly) return [];
  const shown = (user: Wire, trial: Trial) =>
    differenceOf(row, user, { declared: trial.declared[name], sample });
  const listed: Claim = {
    subject: name,
    says: `ListUsers shows ${row.field} as it was written at the creation`,
    test: async (trial) => (trial.lacks(row) ? undefined : shown(await trial.listed(), trial)),
  };
  const whole: Claim = {
    subject: name,
    says: `GetUser shows ${row.field} as it was written at the creation`,
    test: async (trial) => shown(await trial.read(), trial),
  };
  return [whole, listed];
}

const fieldClaims: readonly Claim[] = [
  {
    subject: "the user",
    says: "GetUser has the fields of the API's page, with values of their types",
    test: async (trial) => listOrNothing(trial.differences("whole", await trial.read())),
  },
  {
    subject: "the user",
    says: "ListUsers has the fields of the API's page, with values of their types",
    test: async (trial) => listOrNothing(trial.differences("listed", await trial.listed())),
  },
];

function listOrNothing(problems: readonly string[]): string | undefined {
  return problems.length === 0 ? undefined : problems.join(", ");
}

const foundByName: Claim = {
  subject: "the user",
  says: "the user is found by its name, as after a lost answer",
  async test(trial) {
    return (await trial.isFoundByName()) ? undefined : "it is not found";
  },
};

function duplicate({ create }: Resource): Claim {
  return {
    subject: "the user",
    says: `${create.action} of a name that exists is refused as a conflict`,
    test: (trial) => refusedAs("conflict", () => trial.createAgain()),
  };
}

function changeClaims({ name, row, sample }: Row): Claim[] {
  if (sample.second === undefined) return [];
  return [
    {
      subject: name,
      says: `a change of ${row.field} ${row.writeOnly ? "is accepted" : "reaches the user"}`,
      async test(trial) {
        await trial.declare({ ...trial.declared, [name]: trial.parsed(name, sample.second) });
        if (row.writeOnly) return undefined;
        return differenceOf(row, await trial.read(), { declared: trial.declared[name], sample });
      },
    },
  ];
}

/** Where a text comes back in another form, the provider notes the form; that costs a call, and a preview may show it once. */
function formClaims({ name, row, sample }: Row): Claim[] {
  const { second } = sample;
  if (typeof second !== "string" || row.writeOnly || row.replaceOnChange || row.createOnly) return [];
  const isAddress = second.includes("@");
  if (!isAddress && !second.includes(" ")) return [];
  const written = isAddress ? second.replace(/(^|@)./g, (start) => start.toUpperCase()) : ` ${second} `;
  return [
    {
      subject: name,
      says: `${row.field} is kept as it is written, with ${isAddress ? "its capitals" : "the white space around it"}`,
      async test(trial) {
        await trial.declare({ ...trial.declared, [name]: trial.parsed(name, written) });
        return differenceOf(row, await trial.read(), { declared: written, sample });
      },
    },
  ];
}

function clearClaims({ name, row, sample }: Row, resource: Resource): Claim[] {
  if (sample.second === undefined || row.writeOnly || row.onRemoval === "ignore") return [];
  if (row.replaceOnChange || row.createOnly) return [];
  if ("clear" in row)
    return [
      {
        subject: name,
        says: `${row.field} is set back to ${JSON.stringify(row.clear)} when the program drops it`,
        async test(trial) {
          await trial.declare({ ...trial.declared, [name]: trial.parsed(name, sample.first) });
          const { [name]: _dropped, ...rest } = trial.declared;
          await trial.declare(rest);
          const live = liveValue(row, await trial.read(), row.clear);
          const isCleared = isAbsent(live) || live === notShown || isSame(live, row.clear) || isEmpty(live);
          return isCleared ? undefined : "it stays as it was";
        },
      },
    ];
  if (typeof sample.second !== "string") return [];
  return [
    {
      subject: name,
      says: `${row.field} cannot be cleared: an empty text is refused, or changes nothing`,
      async test(trial) {
        const before = liveValue(row, await trial.read(), undefined);
        const refused = await trial.sendEmpty(emptying(resource, { name, row, sample }, trial));
        const after = liveValue(row, await trial.read(), undefined);
        return refused || isSame(before, after) ? undefined : "an empty text clears it";
      },
    },
  ];
}

function isEmpty(value: unknown): boolean {
  return value !== null && typeof value === "object" && Object.keys(value).length === 0;
}

/** The calls of a change, with an empty text in the place of the new value. */
function emptying(resource: Resource, { name, row, sample }: Row, trial: Trial) {
  const live = trial.parsed(name, sample.first);
  const inputs = { ...trial.declared, [name]: live };
  const calls = planUpdate(resource, {
    state: stored(trial.declared),
    inputs,
    user: trial.user,
    ignored: [],
  });
  const sent = row.encode(live, "update");
  return calls.map(({ action, params }) => ({
    action,
    params: Object.fromEntries(
      Object.entries(params).map(([wire, value]) => [wire, isSame(value, sent) ? "" : value]),
    ),
  }));
}

function deletion(resource: Resource): Claim {
  const { action } = resource.delete;
  return {
    subject: "the user",
    says: `after ${action}, GetUser says by its code that there is no such user`,
    async test(trial) {
      await trial.remove();
      return refusedAs("notFound", () => trial.read());
    },
  };
}

async function refusedAs(kind: string, call: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await call();
    return "it is not refused";
  } catch (error) {
    const fault = error as { kind?: string; code?: string };
    if (fault.kind === kind) return undefined;
    if (fault.kind === undefined) throw error;
    return `it is refused with ${fault.code}, which the table takes for ${fault.kind}`;
  }
}

/** Thrown where the account does not show what a claim is about, as some accounts may. */
export class NotShown extends Error {}

function differenceOf(
  row: Attribute,
  user: Wire,
  { declared, sample }: { declared: unknown; sample: Sample },
): string | undefined {
  const live = liveValue(row, user, declared);
  if (live === notShown || isSame(live, declared)) return undefined;
  if (isAbsent(live) && sample.mayBeHidden)
    throw new NotShown("accounts of the international site do not show it");
  return isAbsent(live) ? `${row.field} is missing` : `${row.field} has another value`;
}

function skipped(subject: string, says: string, untried: string): Claim {
  return { subject, says, untried, test: async () => undefined };
}
