import type { dynamic } from "@pulumi/pulumi";
import type { Account } from "../api/connect";
import { createEngineLog } from "../engine/engineLog";
import { accountOf, isSetting } from "../lifecycle/account";
import { services } from "../resources/services";
import type { KeySource } from "../lifecycle/report/adviseOnKey";
import type { ProviderContext } from "../lifecycle/context";
import { dynamicFrontend } from "../lifecycle/frontend";
import { openContext } from "../lifecycle/openContext";
import { type Log, reportTo } from "../lifecycle/report/report";
import { createSharedCauses, type SharedCauses } from "../lifecycle/report/sharedCauses";
import { prepareProcess } from "./prepareProcess";
import { readStackFiles, type StackFiles } from "./stackFile";

/** What the providers of all types of resource share in one process. */
export interface DynamicProcess extends ProviderContext {
  /** What has failed by a cause that fails every resource. */
  readonly causes: SharedCauses;
  /** Where the access key comes from. */
  keySource(): KeySource;
  /** Takes the stack's configuration; Pulumi calls it once for each type of resource. */
  configure(config: dynamic.Config): void;
  /** Prepares for a request about the user of this URN. Throws a sentence where the run may not go on. */
  enter(urn: string | undefined): Promise<void>;
}

/** What Pulumi's own class keeps besides what its type tells. */
type Handed = dynamic.Config & { rawConfig?: Readonly<Record<string, string>> };

/** A process of the engine that listens at this address. Nothing happens before the first `configure`. */
export function createDynamicProcess(engine: string | undefined): DynamicProcess {
  let log: Log | undefined;
  let account: ProviderContext["account"] | undefined;
  let keySource: KeySource = "elsewhere";
  let files: StackFiles | undefined;
  let handed: dynamic.Config | undefined;
  const show: Log = (...line) => (log ??= createEngineLog(engine))(...line);

  const report = reportTo(show);
  const connected = (): Account => {
    if (!account) throw new Error("The provider was called before it was configured.");
    return account();
  };

  return {
    ...openContext({ frontend: dynamicFrontend, report, account: connected, engine: () => engine }),
    causes: createSharedCauses(),
    keySource: () => keySource,

    configure(config) {
      if (account) return;
      handed = config;
      account = accountOf(
        services,
        {
          get: (key) => config.get(key),
          names: Object.keys((config as Handed).rawConfig ?? {}),
          project: process.env.PULUMI_NODEJS_PROJECT,
          further: () => files?.places ?? [],
        },
        (sentence) => void show("info", undefined, sentence),
      );
      const hasKey = config.get("alicloud:accessKey") ?? config.get("alicloud-users:accessKey");
      if (hasKey !== undefined) keySource = "configuration of dynamic resources";
      prepareProcess();
    },

    async enter(urn) {
      if (!files && urn !== undefined) {
        files = readStackFiles(urn, process.cwd());
        const differing = files?.differing((key) => handed?.get(key)).filter(isSetting) ?? [];
        if (files && differing.length > 0) await report.warning(undefined, outdated(files.name, differing));
      }
      await connected().verify();
    },
  };
}

const outdated = (file: string, keys: readonly string[]): string =>
  `Pulumi has handed over another configuration than ${file} has now (${keys.join(", ")}), and that one is used: in destroy, in ` +
  `refresh, and where the program declares no dynamic user any more, it is that of the last update. Add --run-program to ` +
  `destroy and refresh; for up, keep a dynamic user in the program.`;
