import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { roundDown } from "../core/directory";
import { userIdOf, scopeOf } from "../core/identity";
import { type Resource, secretNames } from "../core/resource";
import { withSecrets } from "../core/secrets";
import { escapeText } from "../core/showText";
import { pack, packHidden, type ResourceState, unpack, unpackHidden, withoutHidden } from "../core/state";
import { isUnknown } from "../core/unknown";
import { pick } from "../core/values";
import type { Values } from "../core/wire";
import { checkInputs } from "../lifecycle/check";
import type { ProviderContext } from "../lifecycle/context";
import { createUser } from "../lifecycle/create";
import { deleteUser } from "../lifecycle/delete";
import { diffUser } from "../lifecycle/diff";
import type { Owner } from "../lifecycle/owners";
import { propertyPaths } from "../lifecycle/propertyPaths";
import { importUser, readUser } from "../lifecycle/read";
import { updateUser } from "../lifecycle/update";
import { createBatchWindow } from "./batchWindow";
import { diffResponse } from "./diffResponse";
import { findImported } from "./findImported";
import { recordHalfDone } from "./grpcFault";
import { markedValues, plainValues } from "./propertyValues";

/** Requests that name a resource. */
interface ResourceRequest {
  getUrn(): string;
  getType(): string;
}

/** The methods of the service that are about a resource: they turn messages into requests, and results into messages. */
export function resourceMethods(context: ProviderContext, resources: readonly Resource[]) {
  const batchWindow = createBatchWindow();

  const ownerOf = (request: ResourceRequest): Owner => {
    const token = request.getType() || (request.getUrn().split("::")[2]?.split("$").at(-1) ?? "");
    const resource = resources.find(({ type }) => token.endsWith(`:${type}`));
    if (!resource) throw new Error(`There is no resource of the type ${token} in this package.`);
    return { resource, urn: request.getUrn() };
  };

  /** How many users of a directory the engine asks for side by side. */
  const countOf = async (resource: Resource, from: string | Values): Promise<number> =>
    roundDown(await batchWindow(JSON.stringify([resource.type, scopeOf(resource, from)])));

  return {
    async check(request: messages.CheckRequest) {
      const owner = ownerOf(request);
      const olds = plainValues(request.getOlds());
      const { values, secrets } = plainValues(request.getNews());
      const previous = Object.keys(olds.values).length === 0 ? undefined : olds.values;
      const hidden = secretNames(owner.resource, secrets);
      const { alsoWrong, total } = unpackHidden(values);
      context.missing.noteDeclared(owner.urn, { isNew: previous === undefined, total });
      const { inputs, failures } = await withSecrets(
        hidden.map((name) => values[name]),
        () =>
          checkInputs(context, {
            resource: owner.resource,
            urn: owner.urn,
            previous,
            inputs: withoutHidden(values),
            replaceOnChanges: [],
            shown: Object.keys(values).filter((name) => !hidden.includes(name)),
            alsoWrong,
          }),
      );
      // The engine would print the value of a named property, even a secret one. Every reason names its attribute instead.
      const unnamed = failures.map(({ reason }) => new messages.CheckFailure().setReason(escapeText(reason)));
      return new messages.CheckResponse().setInputs(markedValues(inputs, hidden)).setFailuresList(unnamed);
    },

    async diff(request: messages.DiffRequest) {
      const { resource, urn } = ownerOf(request);
      const olds = plainValues(request.getOlds());
      const news = plainValues(request.getNews());
      const oldInputs = plainValues(request.getOldInputs()).values;
      const result = await diffUser(context, {
        resource,
        urn,
        state: declaredSince(unpack(request.getId(), olds.values), oldInputs),
        // A refresh compares with the old inputs, which may be those of an import.
        inputs: withoutHidden(news.values),
        oldInputs,
        secretsBefore: olds.secrets,
        secrets: news.secrets,
        ignored: propertyPaths(request.getIgnorechangesList()),
        // The engine replaces on these by itself, and has counted the users when it read them.
        replaceOnChanges: [],
        declaredCount: undefined,
      });
      // A state that a dynamic resource wrote has another form; an update converts it without a call.
      const isMoved = olds.values.userId === undefined;
      return diffResponse({ ...result, changes: isMoved || result.changes }, oldInputs);
    },

    async create(request: messages.CreateRequest) {
      const owner = ownerOf(request);
      const { values: inputs, secrets } = plainValues(request.getProperties());
      const isPreview = request.getPreview();
      const marked = secretNames(owner.resource, secrets);
      const declaredCount = isPreview ? await countOf(owner.resource, inputs) : undefined;
      const state = await recordHalfDone(
        () => createUser(context, { ...owner, inputs, secrets, isPreview, declaredCount }),
        (halfDone) => ({
          outputs: outputsOf(owner.resource, halfDone, marked),
          inputs: markedValues(inputs, marked),
        }),
      );
      const response = new messages.CreateResponse()
        .setRefreshBeforeUpdate(true)
        .setProperties(outputsOf(owner.resource, state, marked));
      return isPreview ? response : response.setId(state.id);
    },

    async read(request: messages.ReadRequest) {
      const { resource, urn } = ownerOf(request);
      const olds = plainValues(request.getProperties());
      const inputs = plainValues(request.getInputs());
      const isImport = Object.keys(olds.values).length === 0;
      const secrets = secretNames(resource, [...olds.secrets, ...inputs.secrets]);
      const read = async () => {
        if (isImport) {
          const id = await findImported(resource, request.getId(), context.account());
          return importUser(context, { resource, urn, id, givenId: request.getId() });
        }
        const state = declaredSince(unpack(request.getId(), olds.values), inputs.values);
        return readUser(context, {
          resource,
          urn,
          state,
          secrets,
          declaredCount: await countOf(resource, state.id),
          // What a program only looks up has no inputs.
          isManaged: Object.keys(inputs.values).length > 0,
        });
      };
      const live = await read();
      const response = new messages.ReadResponse().setRefreshBeforeUpdate(true);
      if (!live) return response;
      return response
        .setId(live.state.id)
        .setInputs(
          markedValues({ ...live.inputs, ...packHidden({ imported: live.state.imported }) }, secrets),
        )
        .setProperties(outputsOf(resource, live.state, secrets));
    },

    async update(request: messages.UpdateRequest) {
      const owner = ownerOf(request);
      const id = request.getId();
      const olds = plainValues(request.getOlds());
      const { values: inputs, secrets } = plainValues(request.getNews());
      const marked = secretNames(owner.resource, secrets);
      const oldInputs = plainValues(request.getOldInputs()).values;
      const before = declaredSince(unpack(id, olds.values), oldInputs);
      const state = await recordHalfDone(
        () =>
          updateUser(context, {
            ...owner,
            state: before,
            inputs,
            isPreview: request.getPreview(),
            previous: before.imported ? pick(oldInputs, Object.keys(inputs)) : oldInputs,
            ignored: propertyPaths(request.getIgnorechangesList()),
          }),
        // A half-done update still holds old values.
        (halfDone) => ({
          outputs: outputsOf(owner.resource, halfDone, [...marked, ...olds.secrets]),
          inputs: markedValues(inputs, [...marked, ...olds.secrets]),
        }),
      );
      return new messages.UpdateResponse()
        .setRefreshBeforeUpdate(true)
        .setProperties(outputsOf(owner.resource, state, marked));
    },

    async delete(request: messages.DeleteRequest) {
      const state = unpack(request.getId(), plainValues(request.getProperties()).values);
      await deleteUser(context, { ...ownerOf(request), state });
      return new Empty();
    },
  };
}

/**
 * The state of a user, of which a program has declared only these inputs since it was imported: the engine has them without
 * the mark of the import then.
 */
function declaredSince(state: ResourceState, inputs: Values): ResourceState {
  if (!state.imported || unpackHidden(inputs).imported) return state;
  return { ...state, values: pick(state.values, Object.keys(inputs)), imported: undefined };
}

/** The outputs of a user, of which only the id may be unknown. */
function outputsOf(resource: Resource, state: ResourceState, secrets: readonly string[]): Struct {
  const userId = isUnknown(state.id) ? state.id : userIdOf(resource, state.id);
  return markedValues({ ...pack(state), userId }, secrets);
}
