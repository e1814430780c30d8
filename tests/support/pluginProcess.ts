import path from "node:path";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { repository } from "../../scripts/toolchain/place";
import {
  answer,
  type MadeUpEngine,
  type Properties,
  propertiesOf,
  type ProviderProcess,
  startProvider,
  structOf,
} from "./providerProcess";

/** The executable that the engine runs. */
export const executable = path.join(repository, "plugin/pulumi-resource-alicloud-users");

/** A value as the engine marks a secret one. */
export const secret = (value: unknown): Properties => ({ [specialSigKey]: specialSecretSig, value });

/** What stands for a value that is not known yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The URN of a user of this kind. */
export const urnOf = (kind: string, name = "sample"): string =>
  `urn:pulumi:test::test::alicloud-users:index:${kind}::${name}`;

/** What the engine sends of a user that it has in its state. */
export interface Recorded {
  urn: string;
  id: string;
  inputs: Properties;
  outputs: Properties;
}

/** What the engine may say besides about a change. */
export interface Change {
  preview?: boolean;
  ignoreChanges?: string[];
}

/** The kinds of differences by their names: `UPDATE_REPLACE`. */
const kindNames = Object.keys(messages.PropertyDiff.Kind);

/** The plugin's process, driven as the engine drives it. Values come and go with the engine's markers. */
export type PluginProcess = ProviderProcess & ReturnType<typeof verbs>;

/** Starts the plugin with these variables alone, and configures it; beside an engine of its own and by its own command, unless told. */
export async function startPlugin(
  env: NodeJS.ProcessEnv,
  config: Properties = {},
  engine?: MadeUpEngine,
  command: readonly [program: string, ...args: string[]] = [executable],
): Promise<PluginProcess> {
  const started = await startProvider(command, env, engine);
  const plugin = { ...started, ...verbs(started) };
  await plugin.configure(config);
  return plugin;
}

/** A user of a request, by its URN and the type that current engines send too. */
function about<R extends { setUrn(urn: string): R; setType(type: string): R }>(request: R, urn: string): R {
  return request.setUrn(urn).setType(urn.split("::")[2]!);
}

function verbs({ client }: ProviderProcess) {
  return {
    async configure(config: Properties, urn = "") {
      const request = new messages.ConfigureRequest().setArgs(structOf(config)).setAcceptsecrets(true);
      request.setUrn(urn);
      return answer<messages.ConfigureResponse>((done) => client.configure(request, done));
    },
    async check(urn: string, news: Properties) {
      const request = about(new messages.CheckRequest(), urn).setNews(structOf(news));
      const response = await answer<messages.CheckResponse>((done) => client.check(request, done));
      return { inputs: propertiesOf(response.getInputs()), failures: response.toObject().failuresList };
    },
    async create(urn: string, inputs: Properties, { preview = false }: Change = {}) {
      const request = about(new messages.CreateRequest(), urn).setProperties(structOf(inputs));
      request.setPreview(preview);
      const response = await answer<messages.CreateResponse>((done) => client.create(request, done));
      const id = response.getId();
      const refreshes = response.getRefreshBeforeUpdate();
      return { urn, id, inputs, outputs: propertiesOf(response.getProperties()), refreshes };
    },
    /** Reads for an import where there is no state. */
    async read({ urn, id, inputs = {}, outputs = {} }: Partial<Recorded> & { urn: string; id: string }) {
      const request = about(new messages.ReadRequest(), urn).setId(id);
      request.setInputs(structOf(inputs)).setProperties(structOf(outputs));
      const response = await answer<messages.ReadResponse>((done) => client.read(request, done));
      const read = {
        inputs: propertiesOf(response.getInputs()),
        outputs: propertiesOf(response.getProperties()),
      };
      return { urn, id: response.getId(), ...read, refreshes: response.getRefreshBeforeUpdate() };
    },
    async diff(user: Recorded, news: Properties, { ignoreChanges = [] }: Change = {}) {
      const request = about(new messages.DiffRequest(), user.urn).setId(user.id).setNews(structOf(news));
      request.setOlds(structOf(user.outputs)).setOldInputs(structOf(user.inputs));
      request.setIgnorechangesList(ignoreChanges);
      const response = await answer<messages.DiffResponse>((done) => client.diff(request, done));
      const detailed = response.getDetaileddiffMap().toObject(false, messages.PropertyDiff.toObject);
      return {
        changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
        replaces: response.getReplacesList(),
        deleteBeforeReplace: response.getDeletebeforereplace(),
        detailed: Object.fromEntries(detailed.map(([name, { kind }]) => [name, kindNames[kind]])),
        areInputs: detailed.every(([, { inputdiff }]) => inputdiff),
      };
    },
    async update(user: Recorded, news: Properties, { preview = false, ignoreChanges = [] }: Change = {}) {
      const request = about(new messages.UpdateRequest(), user.urn).setId(user.id).setNews(structOf(news));
      request.setOlds(structOf(user.outputs)).setOldInputs(structOf(user.inputs)).setPreview(preview);
      request.setIgnorechangesList(ignoreChanges);
      const response = await answer<messages.UpdateResponse>((done) => client.update(request, done));
      const outputs = propertiesOf(response.getProperties());
      return { ...user, inputs: news, outputs, refreshes: response.getRefreshBeforeUpdate() };
    },
    async remove({ urn, id, inputs, outputs }: Recorded) {
      const request = about(new messages.DeleteRequest(), urn).setId(id);
      request.setProperties(structOf(outputs)).setOldInputs(structOf(inputs));
      await answer((done) => client.delete(request, done));
    },
    async invoke(name: string, args: Properties) {
      const request = new messages.InvokeRequest().setTok(`alicloud-users:index:${name}`);
      request.setArgs(structOf(args));
      const response = await answer<messages.InvokeResponse>((done) => client.invoke(request, done));
      return propertiesOf(response.getReturn());
    },
    async cancel() {
      await answer((done) => client.cancel(new Empty(), done));
    },
  };
}
