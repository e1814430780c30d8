import type * as grpc from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Account, connect } from "../api/connect";
import { refuseStrangers } from "../api/settingNames";
import { readSettings } from "../api/settings";
import { withSecrets } from "../core/secrets";
import type { Values } from "../core/wire";
import { isUnknown } from "../core/unknown";
import { resources } from "../resources";
import { services } from "../resources/services";
import { adviseOnKey, type KeySource } from "../lifecycle/report/adviseOnKey";
import { createEngineLog } from "../engine/engineLog";
import { grpcFault } from "./grpcFault";
import { invoke } from "./invoke";
import { listPage } from "./listPage";
import { resourceMethods } from "./resourceMethods";
import { markedValues, plainValues, secretsIn } from "./propertyValues";
import { pluginFrontend } from "../lifecycle/frontend";
import { openContext } from "../lifecycle/openContext";
import { type Report, reportTo } from "../lifecycle/report/report";
import { createSharedCauses } from "../lifecycle/report/sharedCauses";
import { packageSchema } from "./packageSchema";
import { packageName } from "../lifecycle/packageName";
import { inPlugin, placesOfBrakes, stackConfigOf, withoutKeys } from "./stackConfig";

/** Reads settings by their names in the plugin (`region`), which elsewhere begin with `alicloud:`. */
function settingsOf(urn: string | undefined, handed: Values) {
  const config = stackConfigOf(urn) ?? handed;
  refuseStrangers(
    [...Object.keys(config), ...Object.keys(handed)].map((name) => `${packageName}:${name}`),
    urn?.split("::")[1],
  );
  const further = placesOfBrakes(urn, handed);
  return readSettings({ config: inPlugin(config), environment: process.env, further }, services);
}

/** A sentence with the names that settings have in the plugin. */
const renamed = (sentence: string): string => sentence.replace(/\balicloud:(?=\w)/g, `${packageName}:`);

/** What the engine calls in a provider plugin: `pulumirpc.ResourceProvider`. `version` is that of the package. */
export function pluginService(
  engine: string | undefined,
  version: string,
): grpc.UntypedServiceImplementation {
  let address = engine;
  let log = createEngineLog(engine);
  let account: Account | undefined;
  const cancel = new AbortController();
  // Each line is logged once in a run: the engine asks for a user's differences after it has read it, and again for the program.
  const told = new Set<string>();
  const report: Report = reportTo(async (severity, urn, message) => {
    const line = `${urn} ${message}`;
    if (!told.has(line)) await log(severity, urn, message);
    told.add(line);
  });
  const connected = (): Account => {
    if (!account) throw new Error("The provider was called before it was configured.");
    return account;
  };
  const attachTo = (engineAddress: string): void => {
    address = engineAddress;
    log = createEngineLog(engineAddress);
  };
  let keySource: KeySource = "elsewhere";
  let isStackAccount = false;
  const answer = answering((error) => adviseOnKey(error, keySource));
  /** Answers a request that reaches the account, once it is known to be the right one. */
  const reaching = <Request, Response>(work: (request: Request) => Promise<Response>) =>
    answer(async (request: Request) => {
      await connected().verify();
      return work(request);
    });
  const methods = resourceMethods(
    openContext({
      frontend: pluginFrontend,
      report,
      engine: () => address,
      account: connected,
      isStackAccount: () => isStackAccount,
    }),
    resources,
  );

  return {
    handshake: answer((request: messages.ProviderHandshakeRequest) => {
      attachTo(request.getEngineAddress());
      return new messages.ProviderHandshakeResponse().setAcceptSecrets(true);
    }),

    attach: answer((request: PluginAttach) => {
      attachTo(request.getAddress());
      return new Empty();
    }),

    getPluginInfo: answer(() => new PluginInfo().setVersion(version)),

    getSchema: answer(() => new messages.GetSchemaResponse().setSchema(packageSchema())),

    checkConfig: answer((request: messages.CheckRequest) => {
      const config = stackConfigOf(request.getUrn());
      const news = request.getNews();
      const response = new messages.CheckResponse().setInputs(config && news ? withoutKeys(news) : news);
      const values = config ?? plainValues(news).values;
      if (Object.values(values).some(isUnknown)) return response;
      try {
        settingsOf(request.getUrn(), plainValues(news).values);
      } catch (error) {
        const failure = new messages.CheckFailure().setReason(renamed((error as Error).message));
        response.addFailures(failure);
      }
      return response;
    }),

    // Another key, region or rate changes how the account is reached, but no user.
    diffConfig: answer(() =>
      new messages.DiffResponse().setChanges(messages.DiffResponse.DiffChanges.DIFF_UNKNOWN),
    ),

    configure: answer((request: messages.ConfigureRequest) => {
      const notice = (sentence: string): void => void log("info", undefined, sentence);
      const config = stackConfigOf(request.getUrn());
      const { values } = plainValues(request.getArgs());
      const settings = settingsOf(request.getUrn(), values);
      if (!config && values.accessKey !== undefined) keySource = "provider of the program";
      isStackAccount = config !== undefined;
      account = connect(settings, { notice, cancel: cancel.signal });
      return new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    }),

    check: reaching(methods.check),
    diff: reaching(methods.diff),
    create: reaching(methods.create),
    read: reaching(methods.read),
    update: reaching(methods.update),
    delete: reaching(methods.delete),

    invoke: reaching(async (request: messages.InvokeRequest) => {
      const found = await invoke(request.getTok(), plainValues(request.getArgs()).values, connected());
      return new messages.InvokeResponse().setReturn(markedValues(found, []));
    }),

    list: streamed(reaching((request: messages.ListRequest) => listPage(request, connected()))),

    cancel: answer(() => {
      cancel.abort();
      return new Empty();
    }),
  };
}

/**
 * Returns a function that makes a gRPC handler of a function. An error becomes a sentence, with what `advise` adds and
 * the plugin's names of settings; a cause that fails every resource is explained once. Values that the request marks as secret appear in no error and no line of the log.
 */
function answering(advise: (error: unknown) => string) {
  const causes = createSharedCauses();
  return <Request, Response>(
      work: (request: Request) => Response | Promise<Response>,
    ): grpc.handleUnaryCall<Request, Response> =>
    ({ request }, done) => {
      withSecrets(secretsIn(request), async () => work(request)).then(
        (response) => done(null, response),
        (error: unknown) => {
          const shown = causes.shown(error, (request as { getUrn?(): string }).getUrn?.());
          const fault = isStatus(shown) ? shown : grpcFault(shown);
          done({ ...fault, details: renamed(`${fault.details ?? ""}${advise(shown)}`) });
        },
      );
    };
}

/** Makes a handler that streams the messages of a handler that answers with all of them at once. */
function streamed<Request, Message>(
  unary: grpc.handleUnaryCall<Request, Message[]>,
): grpc.handleServerStreamingCall<Request, Message> {
  return (call) =>
    unary(call as never, (error, responses) => {
      if (error) return void call.emit("error", error);
      for (const response of responses ?? []) call.write(response);
      call.end();
    });
}

function isStatus(error: unknown): error is Partial<grpc.StatusObject> {
  return !(error instanceof Error) && typeof (error as { details?: unknown } | null)?.details === "string";
}
