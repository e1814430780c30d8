import type { dynamic } from "@pulumi/pulumi";
import type { Account } from "../api/connect";
import { check } from "../core/check";
import { create } from "../core/creation";
import type { Directory } from "../core/directory";
import { inspect, read, readAll, update } from "../core/lifecycle";
import type { PartlyDone } from "../core/partlyDone";
import { remove } from "../core/removal";
import type { Resource, Values } from "../core/resource";
import { nameOf, scopeOf, secretNames } from "../core/resource";
import { secretMark, withSecrets } from "../core/secrets";
import { escapeText, showText } from "../core/showText";
import { resources } from "../resources";
import { accountOf } from "../provider/account";
import type { KeySource } from "../provider/adviseOnKey";
import { adviseOnKey } from "../provider/adviseOnKey";
import { checkWithFact } from "../provider/checkWithFact";
import { endWithEngine } from "../engine/endWithEngine";
import { createEngineLog } from "../engine/engineLog";
import { hearIgnoreChanges } from "./ignoring";
import type { Owners } from "../provider/owners";
import { followOwners } from "../provider/owners";
import { openRunRecord } from "../provider/runRecord";
import { propertyPaths } from "../provider/propertyPaths";
import { leaveToEngine } from "./quietly";
import type { Log, Report } from "../provider/report";
import { reportTo } from "../provider/report";

/** What the SDK passes along beside the declared values; the engine neither shows nor compares these. */
interface Hidden {
  /** The resource's URN, to which messages are tied. */
  __urn?: string;
  /** What `ignoreChanges` names, as the engine tells it, or else as the program gave it to the resource. */
  __ignored?: string[];
  /** What `replaceOnChanges` names. */
  __replaced?: string[];
  /** Attributes whose values the program keeps secret. */
  __secret?: string[];
  /** How many users of this directory the program declares at least. */
  __declared?: number;
  /** True for a user that `get` looks up, of which everything is read. */
  __whole?: boolean;
}

const hiddenNames = ["__urn", "__ignored", "__replaced", "__secret", "__declared"];

/** The account, or the error of settings that cannot be read: for each user anew, since Pulumi configures only once. */
let account: (() => Account) | undefined;
let keySource: KeySource = "elsewhere";
let log: Log | undefined;
let report: Report | undefined;
/** The address of the engine, which Pulumi's process was started with. */
const engine = process.argv[2];
const owners: Owners = followOwners(openRunRecord(engine));

/** The dynamic provider of a resource: what `pulumi-resource-pulumi-nodejs` calls. */
function dynamicProvider(resource: Resource): dynamic.ResourceProvider<Values, Values> {
  const directory = (from: string | Values, values: Values): Directory => {
    if (!account) throw new Error("The provider was called before it was configured.");
    const scope = scopeOf(resource, from);
    return account().directory(resource.product, scope, values.regionId as string | undefined);
  };

  const unique = nameOf(resource, resource.unique);
  const ownerOf = (values: Values) => ({ resource, urn: (values as Hidden).__urn });

  /** A user that a program reads and does not manage; without it the program cannot go on. */
  const whole = async (id: string, props: Values): Promise<dynamic.ReadResult> => {
    const outputs = await readAll(resource, id, directory(id, props));
    if (!outputs) throw new Error(`There is no ${resource.type} with the id ${showText(id)}.`);
    return { id, props: { ...outputs, __whole: true } };
  };

  /** Answers a request about a user of these values, whose secrets are in no error and no line of the log. */
  const answer = <T>(values: readonly Values[], work: () => Promise<T>): Promise<T> =>
    withSecrets(secretValues(resource, values), () => readable(values, work));

  return {
    async configure({ config }) {
      const engineLog = (log ??= begin());
      report = reportTo(engineLog);
      const notice = (sentence: string): void => void engineLog("info", undefined, sentence);
      account = () => accountOf((key) => config.get(key), notice);
      const hasKey = config.get("alicloud:accessKey") ?? config.get("alicloud-users:accessKey");
      keySource = hasKey === undefined ? "elsewhere" : "configuration of dynamic resources";
    },

    check: (olds: Values, news: Values) =>
      answer([olds, news], async () => {
        // A preview of a new user calls nothing, and is still to fail when the settings are wrong.
        account?.();
        const previous = Object.keys(olds).length === 0 ? undefined : olds;
        if (previous === undefined) owners.leaves(ownerOf(news));
        const declaration = {
          previous,
          declared: news,
          replaced: propertyPaths((news as Hidden).__replaced),
        };
        const { inputs, failures } = await checkWithFact(
          resource,
          (fact) => check(resource, { ...declaration, fact }),
          (values) => directory(values, values),
        );
        // The engine prints the value beside a named property, were it a secret; every reason names its attribute.
        const unnamed = failures.map(({ reason }) => ({ property: "", reason: escapeText(reason) }));
        return { inputs: { ...inputs, ...hiddenOf(news) }, failures: unnamed };
      }),

    diff: (id: string, olds: Values, news: Values) =>
      answer([olds, news], async () => {
        const { __urn: urn, __secret: secrets = [] } = news as Hidden;
        const [ignored, replaced] = [
          propertyPaths((news as Hidden).__ignored),
          propertyPaths((news as Hidden).__replaced),
        ];
        const known = { id, outputs: olds };
        const { gone, differences } = await inspect(resource, known, news, ignored, directory(id, news));
        owners.leaves(ownerOf(news));
        if (gone) {
          await report?.gone(urn, olds[unique], id);
          return { changes: true, replaces: [unique], deleteBeforeReplace: true };
        }
        await report?.differences(urn, differences, secrets);
        const before = (olds as Hidden).__secret ?? [];
        const differing = differences.map(({ attribute }) => attribute);
        const hidden = secrets.filter((name) => name in olds && ![...before, ...differing].includes(name));
        await report?.hidden(urn, hidden);
        const replaces = differences
          .filter(({ replace, attribute, path }) => replace || isNamed(replaced, attribute, path))
          .map(({ attribute }) => attribute);
        if (replaces.length === 0) owners.keeps(ownerOf(news), id);
        // The state that the plugin left has another form, which an update brings about without a call.
        const isMoved = olds.__provider === undefined;
        return {
          changes: isMoved || differences.length > 0 || hidden.length > 0,
          replaces,
          deleteBeforeReplace: replaces.length > 0,
        };
      }),

    create: (inputs: Values) =>
      answer([inputs], async () => {
        const { __urn: urn, __secret: secrets = [] } = inputs as Hidden;
        const [owner, desired] = [ownerOf(inputs), withoutHidden(inputs)];
        const { id, outputs } = await owners.create(owner, desired, () =>
          create(resource, desired, directory(inputs, inputs), { urn, secrets }),
        );
        const shared = owners.shared(owner, id);
        if (shared !== undefined) await report?.warning(urn, shared);
        await report?.unread(urn, {}, outputs);
        return { id, outs: { ...outputs, ...hiddenOf(inputs) } };
      }),

    read: (id: string, props: Values = {}) =>
      answer([props], async () => {
        if (props.__whole === true) return whole(id, props);
        const known = { id, outputs: props, secrets: (props as Hidden).__secret };
        const live = await read(resource, known, directory(id, props));
        if (!live) return { id: "", props: {} };
        owners.reads(ownerOf(props), id);
        const hidden = hiddenOf(props);
        const inputs = { ...live.inputs, ...hidden, __provider: props.__provider };
        return { id, props: { ...live.outputs, ...hidden }, inputs };
      }),

    update: (id: string, olds: Values, news: Values) =>
      answer([olds, news], async () => {
        const [known, ignored] = [{ id, outputs: olds }, propertyPaths((news as Hidden).__ignored)];
        const outputs = await update(resource, known, withoutHidden(news), ignored, directory(id, news));
        await report?.unread((news as Hidden).__urn, olds, outputs);
        return { outs: { ...outputs, ...hiddenOf(news) } };
      }),

    delete: (id: string, props: Values) =>
      answer([props], async () => {
        const [owner, known] = [ownerOf(props), { id, outputs: props }];
        const reason = owners.reasonToLeave(owner, known);
        if (reason === undefined)
          await remove(resource, known, directory(id, props), () =>
            owners.countRemoval(owner, known, account?.().maxDeletes),
          );
        else await report?.warning(owner.urn, reason);
      }),
  };
}

/** What is secret in these values: by its nature, or since the program keeps it so in any of them. */
function secretValues(resource: Resource, values: readonly Values[]): unknown[] {
  const names = secretNames(
    resource,
    values.flatMap((each) => (each as Hidden).__secret ?? []),
  );
  return values.flatMap((each) => names.map((name) => each[name]));
}

/** What this process needs once, whichever kind of user is asked for first. */
function begin(): Log {
  hearIgnoreChanges();
  // Pulumi's process would go on without its engine; another one that loads this module is not ours to end.
  if (/\bdynamic-provider\b/.test(process.argv[1] ?? "")) endWithEngine(() => process.exit());
  return createEngineLog(engine);
}

/** Whether a list of `replaceOnChanges` names the attribute, one key of it, or everything. */
function isNamed(names: readonly string[], attribute: string, path: string): boolean {
  return ["*", attribute, path].some((name) => names.includes(name));
}

function hiddenOf(values: Values): Values {
  return Object.fromEntries(hiddenNames.filter((name) => name in values).map((name) => [name, values[name]]));
}

function withoutHidden(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith("__")));
}

/** Runs one request; an error goes to the engine alone, and a half-done user keeps its provider and what the SDK passed along. */
async function readable<T>(values: readonly Values[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === "PartlyDone") completeHalfDone((error as PartlyDone).properties, values);
    error.message = `${escapeText(error.message)}${adviseOnKey(error, keySource)}`;
    throw leaveToEngine(error);
  }
}

/**
 * Adds to what a half-done user holds what the outputs of a success have. Pulumi encrypts in it what the program keeps
 * secret now; of what it kept secret before, the user holds that there is a value, but not the value.
 */
function completeHalfDone(properties: Values, values: readonly Values[]): void {
  const inputs = values.at(-1) as Values & Hidden;
  const secrets = values.flatMap((each) => (each as Hidden).__secret ?? []);
  for (const name of secrets)
    if (name in properties && !(inputs.__secret ?? []).includes(name))
      properties[name] = masked(properties[name]);
  const marks = secrets.length > 0 ? { __secret: [...new Set(secrets)] } : {};
  Object.assign(properties, hiddenOf(inputs), marks, { __provider: inputs.__provider });
}

function masked(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return secretMark;
  return Object.fromEntries(Object.keys(value).map((key) => [key, secretMark]));
}

/** The dynamic providers by resource type; the line of text that the state holds for each resource asks for one of them. */
export const providers: Readonly<Record<string, dynamic.ResourceProvider<Values, Values>>> =
  Object.fromEntries(resources.map((resource) => [resource.type, dynamicProvider(resource)]));
