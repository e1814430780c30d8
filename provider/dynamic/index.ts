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
import type { HiddenInputs } from "../core/state";
import { packHidden, unpack, unpackHidden, withoutHidden } from "../core/state";
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
  const ownerOf = (values: Values) => ({ resource, urn: unpackHidden(values).urn });

  /** A user that a program reads and does not manage; without it the program cannot go on. */
  const whole = async (id: string, props: Values): Promise<dynamic.ReadResult> => {
    const outputs = await readAll(resource, id, directory(id, props));
    if (!outputs) throw new Error(`There is no ${resource.type} with the id ${showText(id)}.`);
    return { id, props: { ...outputs, ...packHidden({ whole: true }) } };
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
          replaced: propertyPaths(unpackHidden(news).replaced),
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
        const { urn, secret: secrets = [] } = unpackHidden(news);
        const [ignored, replaced] = [
          propertyPaths(unpackHidden(news).ignored),
          propertyPaths(unpackHidden(news).replaced),
        ];
        const known = { id, outputs: olds };
        const { gone, differences } = await inspect(resource, known, news, ignored, directory(id, news));
        owners.leaves(ownerOf(news));
        if (gone) {
          await report?.gone(urn, olds[unique], id);
          return { changes: true, replaces: [unique], deleteBeforeReplace: true };
        }
        await report?.differences(urn, differences, secrets);
        const before = unpackHidden(olds).secret ?? [];
        const differing = differences.map(({ attribute }) => attribute);
        const hidden = secrets.filter((name) => name in olds && ![...before, ...differing].includes(name));
        await report?.hidden(urn, hidden);
        const replaces = differences
          .filter(({ replace, attribute, path }) => replace || isNamed(replaced, attribute, path))
          .map(({ attribute }) => attribute);
        if (replaces.length === 0) owners.keeps(ownerOf(news), id);
        // The state that the plugin left has another form, which an update brings about without a call.
        const isMoved = unpackHidden(olds).provider === undefined;
        return {
          changes: isMoved || differences.length > 0 || hidden.length > 0,
          replaces,
          deleteBeforeReplace: replaces.length > 0,
        };
      }),

    create: (inputs: Values) =>
      answer([inputs], async () => {
        const { urn, secret: secrets = [] } = unpackHidden(inputs);
        const [owner, desired] = [ownerOf(inputs), withoutHidden(inputs)];
        const { id, outputs } = await owners.create(owner, desired, () =>
          create(resource, desired, directory(inputs, inputs), { urn, secrets }),
        );
        const shared = owners.shared(owner, id);
        if (shared !== undefined) await report?.warning(urn, shared);
        await report?.unread(urn, [], unpack(id, outputs).notReturned);
        return { id, outs: { ...outputs, ...hiddenOf(inputs) } };
      }),

    read: (id: string, props: Values = {}) =>
      answer([props], async () => {
        if (unpackHidden(props).whole === true) return whole(id, props);
        const known = { id, outputs: props, secrets: unpackHidden(props).secret };
        const live = await read(resource, known, directory(id, props));
        if (!live) return { id: "", props: {} };
        owners.reads(ownerOf(props), id);
        const [hidden, { provider }] = [hiddenOf(props), unpackHidden(props)];
        const inputs = { ...live.inputs, ...hidden, ...packHidden({ provider }) };
        return { id, props: { ...live.outputs, ...hidden }, inputs };
      }),

    update: (id: string, olds: Values, news: Values) =>
      answer([olds, news], async () => {
        const [known, ignored] = [{ id, outputs: olds }, propertyPaths(unpackHidden(news).ignored)];
        const outputs = await update(resource, known, withoutHidden(news), ignored, directory(id, news));
        const [before, after] = [olds, outputs].map((values) => unpack(id, values).notReturned);
        await report?.unread(unpackHidden(news).urn, before as string[], after as string[]);
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
    values.flatMap((each) => unpackHidden(each).secret ?? []),
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

/** What the SDK passed along, as outputs and refreshed inputs hold it. */
function hiddenOf(values: Values): Values {
  const { whole, provider, ...passed } = unpackHidden(values);
  return packHidden(passed);
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
  const inputs = values.at(-1) as Values;
  const { provider, secret: kept = [] }: HiddenInputs = unpackHidden(inputs);
  const secrets = values.flatMap((each) => unpackHidden(each).secret ?? []);
  for (const name of secrets)
    if (name in properties && !kept.includes(name)) properties[name] = masked(properties[name]);
  const secret = secrets.length > 0 ? [...new Set(secrets)] : undefined;
  Object.assign(properties, hiddenOf(inputs), packHidden({ secret, provider }));
}

function masked(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return secretMark;
  return Object.fromEntries(Object.keys(value).map((key) => [key, secretMark]));
}

/** The dynamic providers by resource type; the line of text that the state holds for each resource asks for one of them. */
export const providers: Readonly<Record<string, dynamic.ResourceProvider<Values, Values>>> =
  Object.fromEntries(resources.map((resource) => [resource.type, dynamicProvider(resource)]));
