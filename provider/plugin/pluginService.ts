import type * as grpc from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Account } from "../api/connect";
import { connect } from "../api/connect";
import { readSettings } from "../api/settings";
import { withSecrets } from "../core/secrets";
import { isUnknown } from "../core/unknown";
import { resources } from "../resources";
import { services } from "../resources/services";
import type { KeySource } from "../provider/adviseOnKey";
import { adviseOnKey } from "../provider/adviseOnKey";
import { createEngineLog } from "../engine/engineLog";
import { grpcFault } from "./grpcFault";
import { invoke } from "./invoke";
import { resourceMethods } from "./resourceMethods";
import { markedValues, plainValues, secretsIn } from "./propertyValues";
import { createAccountLook } from "../provider/accountLook";
import { createUsersRead } from "../provider/context";
import { openCreateJournals } from "../provider/createJournals";
import { pluginFrontend } from "../provider/frontend";
import { createNameClaims } from "../provider/nameClaims";
import { followOwners } from "../provider/owners";
import type { Report } from "../provider/report";
import { reportTo } from "../provider/report";
import { openRunRecord } from "../provider/runRecord";
import { packageSchema } from "./packageSchema";
import { packageName } from "../provider/packageName";
import { stackConfigOf, withoutKeys } from "./stackConfig";

/** Reads settings by their names in the plugin (`region`), which elsewhere begin with `alicloud:`. */
function settingsOf(args: Record<string, unknown>) {
  const config = (key: string): string | undefined => {
    const value = args[key.slice(key.indexOf(":") + 1)];
    return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
  };
  return readSettings({ config, environment: process.env }, services);
}

/** A sentence with the names that settings have in the plugin. */
const renamed = (sentence: string): string => sentence.replace(/\balicloud:(?=\w)/g, `${packageName}:`);

/** What the engine calls in a provider plugin: `pulumirpc.ResourceProvider`. `version` is that of the package. */
export function pluginService(
  engine: string | undefined,
  version: string,
): grpc.UntypedServiceImplementation {
  let log = createEngineLog(engine);
  let owners = followOwners(openRunRecord(engine));
  let account: Account | undefined;
  const attachTo = (address: string): void => {
    log = createEngineLog(address);
    owners = followOwners(openRunRecord(address));
  };
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
  let keySource: KeySource = "elsewhere";
  const answer = answering((error) => adviseOnKey(error, keySource));
  const methods = resourceMethods(
    {
      ...{ frontend: pluginFrontend, account: connected, report },
      ...{ owners: () => owners, usersRead: createUsersRead() },
      ...{ look: createAccountLook(report), names: createNameClaims(), undeclared: new Set() },
      journals: openCreateJournals({ setting: () => connected().journal, report }),
    },
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
        settingsOf(values);
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
      const settings = settingsOf(config ?? values);
      if (!config && values.accessKey !== undefined) keySource = "provider of the program";
      account = connect(settings, { notice, cancel: cancel.signal });
      return new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    }),

    check: answer(methods.check),
    diff: answer(methods.diff),
    create: answer(methods.create),
    read: answer(methods.read),
    update: answer(methods.update),
    delete: answer(methods.delete),

    invoke: answer(async (request: messages.InvokeRequest) => {
      const found = await invoke(request.getTok(), plainValues(request.getArgs()).values, connected());
      return new messages.InvokeResponse().setReturn(markedValues(found, []));
    }),

    cancel: answer(() => {
      cancel.abort();
      return new Empty();
    }),
  };
}

/**
 * Returns a function that makes a gRPC handler of a function. An error becomes a sentence, with what `advise` adds and
 * the plugin's names of settings. Values that the request marks as secret appear in no error and no line of the log.
 */
function answering(advise: (error: unknown) => string) {
  return <Request, Response>(
      work: (request: Request) => Response | Promise<Response>,
    ): grpc.handleUnaryCall<Request, Response> =>
    ({ request }, done) => {
      withSecrets(secretsIn(request), async () => work(request)).then(
        (response) => done(null, response),
        (error: unknown) => {
          const fault = isStatus(error) ? error : grpcFault(error);
          done({ ...fault, details: renamed(`${fault.details ?? ""}${advise(error)}`) });
        },
      );
    };
}

function isStatus(error: unknown): error is Partial<grpc.StatusObject> {
  return !(error instanceof Error) && typeof (error as { details?: unknown } | null)?.details === "string";
}
