import type { dynamic } from "@pulumi/pulumi";
import type { Account } from "../api/connect";
import { check } from "../core/check";
import { create } from "../core/creation";
import type { Directory } from "../core/directory";
import { inspect, read, readAll, update } from "../core/lifecycle";
import type { PartlyDone } from "../core/partlyDone";
import { remove } from "../core/removal";
import type { Resource, Values } from "../core/resource";
import { nameOf, scopeOf } from "../core/resource";
import { resources } from "../resources";
import { accountOf } from "./account";
import { checkWithFact } from "./checkWithFact";
import type { Log } from "./engineLog";
import { createEngineLog } from "./engineLog";
import { hearIgnoreChanges } from "./dynamic/ignoring";
import { propertyPaths } from "./propertyPaths";
import { leaveToEngine } from "./dynamic/quietly";
import type { Report } from "./report";
import { reportTo } from "./report";

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
let log: Log | undefined;
let report: Report | undefined;

/** The dynamic provider of a resource: what `pulumi-resource-pulumi-nodejs` calls. */
function dynamicProvider(resource: Resource): dynamic.ResourceProvider<Values, Values> {
  const directory = (from: string | Values, values: Values): Directory => {
    if (!account) throw new Error("The provider was called before it was configured.");
    const scope = scopeOf(resource, from);
    return account().directory(resource.product, scope, values.regionId as string | undefined);
  };

  const unique = nameOf(resource, resource.unique);

  /** A user that a program reads and does not manage; without it the program cannot go on. */
  const whole = async (id: string, props: Values): Promise<dynamic.ReadResult> => {
    const outputs = await readAll(resource, id, directory(id, props));
    if (!outputs) throw new Error(`There is no ${resource.type} with the id ${id}.`);
    return { id, props: { ...outputs, __whole: true } };
  };

  return {
    async configure({ config }) {
      hearIgnoreChanges();
      const engineLog = (log ??= createEngineLog(process.argv[2]));
      report = reportTo(engineLog);
      const notice = (sentence: string): void => void engineLog("info", undefined, sentence);
      account = () => accountOf((key) => config.get(key), notice);
    },

    check: (olds: Values, news: Values) =>
      readable(async () => {
        // A preview of a new user calls nothing, and is still to fail when the settings are wrong.
        account?.();
        const previous = Object.keys(olds).length === 0 ? undefined : olds;
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
        const unnamed = failures.map(({ reason }) => ({ property: "", reason }));
        return { inputs: { ...inputs, ...hiddenOf(news) }, failures: unnamed };
      }),

    diff: (id: string, olds: Values, news: Values) =>
      readable(async () => {
        const { __urn: urn, __secret: secrets = [] } = news as Hidden;
        const [ignored, replaced] = [
          propertyPaths((news as Hidden).__ignored),
          propertyPaths((news as Hidden).__replaced),
        ];
        const known = { id, outputs: olds };
        const { gone, differences } = await inspect(resource, known, news, ignored, directory(id, news));
        if (gone) {
          await report?.gone(urn, olds[unique], id);
          return { changes: true, replaces: [unique], deleteBeforeReplace: true };
        }
        await report?.differences(urn, differences, secrets);
        const replaces = differences
          .filter(({ replace, attribute, path }) => replace || isNamed(replaced, attribute, path))
          .map(({ attribute }) => attribute);
        // The state that the plugin left has another form, which an update brings about without a call.
        const isMoved = olds.__provider === undefined;
        return {
          changes: isMoved || differences.length > 0,
          replaces,
          deleteBeforeReplace: replaces.length > 0,
        };
      }),

    create: (inputs: Values) =>
      readable(async () => {
        const { __urn: urn, __secret: secrets = [] } = inputs as Hidden;
        const origin = { urn, secrets };
        const { id, outputs } = await create(
          resource,
          withoutHidden(inputs),
          directory(inputs, inputs),
          origin,
        );
        await report?.unread((inputs as Hidden).__urn, {}, outputs);
        return { id, outs: { ...outputs, ...hiddenOf(inputs) } };
      }, inputs),

    read: (id: string, props: Values = {}) =>
      readable(async () => {
        if (props.__whole === true) return whole(id, props);
        const live = await read(resource, { id, outputs: props }, directory(id, props));
        if (!live) return { id: "", props: {} };
        const hidden = hiddenOf(props);
        const inputs = { ...live.inputs, ...hidden, __provider: props.__provider };
        return { id, props: { ...live.outputs, ...hidden }, inputs };
      }),

    update: (id: string, olds: Values, news: Values) =>
      readable(async () => {
        const [known, ignored] = [{ id, outputs: olds }, propertyPaths((news as Hidden).__ignored)];
        const outputs = await update(resource, known, withoutHidden(news), ignored, directory(id, news));
        await report?.unread((news as Hidden).__urn, olds, outputs);
        return { outs: { ...outputs, ...hiddenOf(news) } };
      }, news),

    delete: (id: string, props: Values) =>
      readable(async () => remove(resource, { id, outputs: props }, directory(id, props))),
  };
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
async function readable<T>(work: () => Promise<T>, inputs: Values = {}): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Unlike the outputs of a success, those of a half-done user do not get the provider's text from Pulumi.
    if (error.name === "PartlyDone")
      Object.assign((error as PartlyDone).properties, hiddenOf(inputs), { __provider: inputs.__provider });
    throw leaveToEngine(error);
  }
}

/** The dynamic providers by resource type; the line of text that the state holds for each resource asks for one of them. */
export const providers: Readonly<Record<string, dynamic.ResourceProvider<Values, Values>>> =
  Object.fromEntries(resources.map((resource) => [resource.type, dynamicProvider(resource)]));
