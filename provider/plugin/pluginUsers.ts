import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Account } from "../api/connect";
import { checkChange, checkValues } from "../core/check";
import { create } from "../core/creation";
import type { Directory } from "../core/directory";
import { roundDown } from "../core/directory";
import type { Known } from "../core/lifecycle";
import { compare, inspect, read, readDeclared, update, userIdOf } from "../core/lifecycle";
import type { PartlyDone } from "../core/partlyDone";
import { remove } from "../core/removal";
import type { Failure, Resource, Values, Wire } from "../core/resource";
import { nameOf, scopeOf, secretNames } from "../core/resource";
import { escapeText } from "../core/showText";
import { packHidden, unpack } from "../core/state";
import { unknownValue } from "../core/unknown";
import { checkWithFact } from "../provider/checkWithFact";
import { detailedDiff, isOpen } from "./detailedDiff";
import { createGather } from "./gather";
import { halfDone } from "./grpcFault";
import { findImported } from "./findImported";
import { markedValues, plainValues } from "./propertyValues";
import { propertyPaths } from "../provider/propertyPaths";
import type { Owner, Owners } from "../provider/owners";
import type { Report } from "../provider/report";

/** Requests that name a resource. */
interface About {
  getUrn(): string;
  getType(): string;
}

/** What the engine asks of users, for every kind of them. */
export function pluginUsers(
  resources: readonly Resource[],
  account: () => Account,
  report: Report,
  owners: () => Owners,
) {
  /** Users as the account had them when the engine read them in this run; a URN may change meanwhile, by an alias. */
  const readNow = new Map<string, Wire>();
  const keyOf = ({ type }: Resource, id: string): string => `${type} ${id}`;

  const gather = createGather();

  const resourceOf = (request: About): Resource => {
    const token = request.getType() || (request.getUrn().split("::")[2]?.split("$").at(-1) ?? "");
    const resource = resources.find(({ type }) => token.endsWith(`:${type}`));
    if (!resource) throw new Error(`There is no resource of the type ${token} in this package.`);
    return resource;
  };

  const ownerOf = (request: About): Owner => ({ resource: resourceOf(request), urn: request.getUrn() });

  const directoryOf = (resource: Resource, from: string | Values, values: Values): Directory =>
    account().directory(resource.product, scopeOf(resource, from), values.regionId as string | undefined);

  /** The outputs with the number of users that are read together, which core counts in powers of two. */
  const counted = async (resource: Resource, id: string, outputs: Values): Promise<Values> => {
    const together = await gather(JSON.stringify([resource.type, scopeOf(resource, id)]));
    return { ...outputs, ...packHidden({ declaredCount: roundDown(together) }) };
  };

  return {
    async check(request: messages.CheckRequest) {
      const resource = resourceOf(request);
      const { values, secrets } = plainValues(request.getNews());
      const isNew = Object.keys(plainValues(request.getOlds()).values).length === 0;
      if (isNew) owners().leaves(ownerOf(request));
      const { inputs, failures } = await checkWithFact(
        resource,
        (fact) => checkValues(resource, values, fact),
        (known) => directoryOf(resource, known, known),
      );
      return new messages.CheckResponse()
        .setInputs(markedValues(inputs, secretNames(resource, secrets)))
        .setFailuresList(failures.map(failureOf));
    },

    async diff(request: messages.DiffRequest) {
      const resource = resourceOf(request);
      const [id, urn] = [request.getId(), request.getUrn()];
      const olds = plainValues(request.getOlds());
      const news = plainValues(request.getNews());
      const ignored = propertyPaths(request.getIgnorechangesList());
      const known = { id, outputs: olds.values };
      const directory = directoryOf(resource, id, news.values);
      const user = readNow.get(keyOf(resource, id));
      const { gone, differences } = user
        ? { gone: false, differences: compare(resource, known, news.values, ignored, user) }
        : await inspect(resource, known, news.values, ignored, directory);
      owners().leaves(ownerOf(request));
      if (gone) {
        const unique = nameOf(resource, resource.unique);
        await report.gone(urn, olds.values[unique], id);
        return new messages.DiffResponse()
          .setChanges(messages.DiffResponse.DiffChanges.DIFF_SOME)
          .setReplacesList([unique])
          .setDeletebeforereplace(true);
      }
      const oldInputs = plainValues(request.getOldInputs()).values;
      const open = differences.filter((difference) => isOpen(difference, oldInputs));
      if (!open.some(({ replace }) => replace)) owners().keeps(ownerOf(request), id);
      await report.differences(urn, open, [...olds.secrets, ...news.secrets]);
      const differing = differences.map(({ attribute }) => attribute);
      const hidden = news.secrets.filter(
        (name) => name in olds.values && ![...olds.secrets, ...differing].includes(name),
      );
      await report.hidden(urn, hidden);
      const response = detailedDiff(open, oldInputs).setStablesList(["userId"]);
      // The state that a dynamic resource left has another form, which an update brings about without a call.
      return olds.values.userId === undefined || hidden.length > 0
        ? response.setChanges(messages.DiffResponse.DiffChanges.DIFF_SOME)
        : response;
    },

    async create(request: messages.CreateRequest) {
      const resource = resourceOf(request);
      const { values, secrets } = plainValues(request.getProperties());
      refuse(checkChange(resource, { previous: undefined, declared: values }));
      const marked = secretNames(resource, secrets);
      const response = new messages.CreateResponse().setRefreshBeforeUpdate(true);
      if (request.getPreview())
        return response.setProperties(markedValues({ ...values, userId: unknownValue }, marked));
      const [urn, owner] = [request.getUrn(), ownerOf(request)];
      const known = await recorded(resource, values, marked, () =>
        owners().create(owner, values, () =>
          create(resource, values, directoryOf(resource, values, values), { urn, secrets }),
        ),
      );
      const shared = owners().shared(owner, known.id);
      if (shared !== undefined) await report.warning(urn, shared);
      await report.unread(urn, [], unpack(known.id, known.outputs).notReturned);
      return response.setId(known.id).setProperties(outputsOf(resource, known, marked));
    },

    async read(request: messages.ReadRequest) {
      const resource = resourceOf(request);
      const [state, inputs] = [plainValues(request.getProperties()), plainValues(request.getInputs())];
      const response = new messages.ReadResponse().setRefreshBeforeUpdate(true);
      const marked = secretNames(resource, [...state.secrets, ...inputs.secrets]);
      const isImport = Object.keys(state.values).length === 0;
      const id = isImport ? await findImported(resource, request.getId(), account()) : request.getId();
      const directory = directoryOf(resource, id, state.values);
      const live = isImport
        ? await readDeclared(resource, id, directory)
        : await read(
            resource,
            { id, outputs: await counted(resource, id, state.values), secrets: marked },
            directory,
          );
      if (!live) {
        if (!isImport)
          await report.gone(request.getUrn(), state.values[nameOf(resource, resource.unique)], id);
        return response;
      }
      if (!isImport) owners().reads(ownerOf(request), id);
      readNow.set(keyOf(resource, id), live.user);
      return response
        .setId(id)
        .setInputs(markedValues(live.inputs, marked))
        .setProperties(outputsOf(resource, { id, outputs: live.outputs }, marked));
    },

    async update(request: messages.UpdateRequest) {
      const resource = resourceOf(request);
      const id = request.getId();
      const olds = plainValues(request.getOlds());
      const { values, secrets } = plainValues(request.getNews());
      const previous = plainValues(request.getOldInputs()).values;
      refuse(checkChange(resource, { previous, declared: values }));
      const marked = secretNames(resource, secrets);
      const response = new messages.UpdateResponse().setRefreshBeforeUpdate(true);
      if (request.getPreview())
        return response.setProperties(outputsOf(resource, { id, outputs: values }, marked));
      const known = { id, outputs: olds.values };
      const ignored = propertyPaths(request.getIgnorechangesList());
      readNow.delete(keyOf(resource, id));
      // What an update leaves half done still holds values of before.
      const outputs = await recorded(resource, values, [...marked, ...olds.secrets], () =>
        update(resource, known, values, ignored, directoryOf(resource, id, values)),
      );
      const [before, after] = [olds.values, outputs].map((each) => unpack(id, each).notReturned);
      await report.unread(request.getUrn(), before as string[], after as string[]);
      return response.setProperties(outputsOf(resource, { id, outputs }, marked));
    },

    async remove(request: messages.DeleteRequest) {
      const resource = resourceOf(request);
      const id = request.getId();
      const { values } = plainValues(request.getProperties());
      const known = { id, outputs: values };
      const owner = ownerOf(request);
      const reason = owners().reasonToLeave(owner, known);
      if (reason === undefined)
        await remove(resource, known, directoryOf(resource, id, values), () =>
          owners().countRemoval(owner, known, account().maxDeletes),
        );
      else await report.warning(request.getUrn(), reason);
      return new Empty();
    },
  };
}

function outputsOf(resource: Resource, { id, outputs }: Known, secrets: readonly string[]) {
  return markedValues({ ...outputs, userId: userIdOf(resource, id) }, secrets);
}

/** The engine prints the value beside a named property, were it a secret; every reason names its attribute. */
function failureOf({ reason }: Failure): messages.CheckFailure {
  return new messages.CheckFailure().setReason(escapeText(reason));
}

function refuse(failures: readonly Failure[]): void {
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join(" "));
}

/** Runs a write; what it made or changed before it failed is recorded. */
async function recorded<T>(
  resource: Resource,
  inputs: Values,
  secrets: readonly string[],
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "PartlyDone") throw error;
    const { id, properties } = error as PartlyDone;
    throw halfDone(error.message, {
      id,
      outputs: outputsOf(resource, { id, outputs: properties }, secrets),
      inputs: markedValues(inputs, secrets),
    });
  }
}
