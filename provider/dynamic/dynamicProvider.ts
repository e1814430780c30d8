import type { dynamic } from "@pulumi/pulumi";
import { type Resource, secretNames } from "../core/resource";
import type { Values } from "../core/wire";
import { withSecrets } from "../core/secrets";
import { escapeText } from "../core/showText";
import { pack, packHidden, type ResourceState, unpack, unpackHidden, withoutHidden } from "../core/state";
import { checkInputs } from "../lifecycle/check";
import { createUser } from "../lifecycle/create";
import { deleteUser } from "../lifecycle/delete";
import { diffUser } from "../lifecycle/diff";
import { propertyPaths } from "../lifecycle/propertyPaths";
import { readUnmanaged, readUser } from "../lifecycle/read";
import { updateUser } from "../lifecycle/update";
import type { DynamicProcess } from "./dynamicProcess";
import { engineErrorOf } from "./engineErrorOf";
import { keepSecret } from "./keepSecret";
import { passedOn } from "./passedOn";

type DynamicProvider = dynamic.ResourceProvider<Values, Values>;

/** The dynamic provider of a resource: turns what Pulumi's process asks into requests, and results into its answers. */
export function dynamicProvider(resource: Resource, process: DynamicProcess): DynamicProvider {
  /** Answers a request about these values, whose secrets are in no error and no line of the log. */
  const answer = async <T>(values: readonly Values[], work: () => Promise<T>): Promise<T> =>
    withSecrets(secretValues(resource, values), async () => {
      try {
        await process.enter(values.map((each) => unpackHidden(each).urn).find((urn) => urn !== undefined));
        return await work();
      } catch (error) {
        const { urn } = unpackHidden(values.at(-1) as Values);
        const shown = process.causes.shown(error, urn);
        throw engineErrorOf(shown, { values, keySource: process.keySource() });
      }
    });

  return {
    async configure({ config }) {
      process.configure(config);
    },

    check: (olds: Values, news: Values) =>
      answer([olds, news], async () => {
        const hidden = unpackHidden(news);
        const {
          urn,
          replaced,
          next,
          alsoWrong,
          plain = [],
          total,
          declaredCount,
          secret: secrets = [],
        } = hidden;
        process.missing.noteDeclared(urn, { isNew: Object.keys(olds).length === 0, total });
        const { inputs, failures } = await checkInputs(process, {
          resource,
          urn,
          inputs: withoutHidden(news),
          replaceOnChanges: propertyPaths(replaced),
          next,
          alsoWrong,
          shown: plain,
          preview: hidden.isPreview ? { secrets, declaredCount } : undefined,
          previous: Object.keys(olds).length === 0 ? undefined : withoutHidden(olds),
        });
        // The engine would print the value of a named property, even a secret one. Every reason names its attribute instead.
        const unnamed = failures.map(({ reason }) => ({ property: "", reason: escapeText(reason) }));
        return { inputs: { ...inputs, ...passedOn(news) }, failures: unnamed };
      }),

    diff: (id: string, olds: Values, news: Values) =>
      answer([olds, news], async () => {
        const before = unpackHidden(olds);
        const now = unpackHidden(news);
        const { changes, replaces } = await diffUser(process, {
          resource,
          urn: now.urn,
          state: unpack(id, olds),
          inputs: withoutHidden(news),
          secretsBefore: before.secret ?? [],
          secrets: now.secret ?? [],
          ignored: propertyPaths(now.ignored),
          replaceOnChanges: propertyPaths(now.replaced),
          declaredCount: now.declaredCount ?? before.declaredCount,
        });
        // A state that the plugin wrote has another form; an update converts it without a call.
        const isMoved = before.provider === undefined;
        return { changes: isMoved || changes, replaces, deleteBeforeReplace: replaces.length > 0 };
      }),

    create: (news: Values) =>
      answer([news], async () => {
        const { urn, secret: secrets = [], declaredCount } = unpackHidden(news);
        const asked = { resource, urn, inputs: withoutHidden(news), secrets, declaredCount };
        const state = await createUser(process, { ...asked, isPreview: false });
        return { id: state.id, outs: outputsOf(state, news) };
      }),

    read: (id: string, props: Values = {}) =>
      answer([props], async () => {
        const { urn, whole, declaredCount, provider, ...marks } = unpackHidden(props);
        const { secret: secrets = [], transformed } = marks;
        const state = unpack(id, props);
        if (whole) {
          const found = await readUnmanaged(process, { resource, state });
          return { id, props: { ...found, ...packHidden({ whole }) } };
        }
        const live = await readUser(process, {
          resource,
          urn,
          state,
          secrets,
          declaredCount,
          isManaged: true,
        });
        if (!live) return { id: "", props: {} };
        const inputs = { ...live.inputs, ...passedOn(props), ...packHidden({ provider }) };
        const marked = (values: Values): Values => (transformed ? keepSecret(values, state) : values);
        return { id, props: marked(outputsOf(live.state, props)), inputs: marked(inputs) };
      }),

    update: (id: string, olds: Values, news: Values) =>
      answer([olds, news], async () => {
        const { urn, ignored } = unpackHidden(news);
        const state = await updateUser(process, {
          resource,
          urn,
          state: unpack(id, olds),
          inputs: withoutHidden(news),
          ignored: propertyPaths(ignored),
          previous: withoutHidden(olds),
          isPreview: false,
        });
        return { outs: outputsOf(state, news) };
      }),

    delete: (id: string, props: Values) =>
      answer([props], async () => {
        const { urn } = unpackHidden(props);
        await deleteUser(process, { resource, urn, state: unpack(id, props) });
      }),
  };
}

/** The outputs of a user, with what the SDK passes along in these values. */
function outputsOf(state: ResourceState, values: Values): Values {
  return { ...pack(state), ...passedOn(values) };
}

/** What is secret in these values: by its nature, or since the program keeps it so in any of them. */
function secretValues(resource: Resource, values: readonly Values[]): unknown[] {
  const names = secretNames(
    resource,
    values.flatMap((each) => unpackHidden(each).secret ?? []),
  );
  return values.flatMap((each) => names.map((name) => each[name]));
}
