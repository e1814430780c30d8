import type { dynamic } from "@pulumi/pulumi";
import type { Account } from "../api/connect";
import { createEngineLog } from "../engine/engineLog";
import { accountOf } from "../provider/account";
import { services } from "../resources/services";
import type { KeySource } from "../provider/adviseOnKey";
import type { ProviderContext } from "../provider/context";
import { createAccountLook } from "../provider/accountLook";
import { createUsersRead } from "../provider/context";
import { openCreateJournals } from "../provider/createJournals";
import { dynamicFrontend } from "../provider/frontend";
import { createNameClaims } from "../provider/nameClaims";
import { followOwners } from "../provider/owners";
import type { Log } from "../provider/report";
import { reportTo } from "../provider/report";
import { openRunRecord } from "../provider/runRecord";
import { prepareProcess } from "./prepareProcess";

/** What the providers of all types of resource share in one process. */
export interface DynamicProcess extends ProviderContext {
  /** Where the access key comes from. */
  keySource(): KeySource;
  /** Takes the stack's configuration; Pulumi calls it once for each type of resource. */
  configure(config: dynamic.Config): void;
}

/** A process of the engine that listens at this address. Nothing happens before the first `configure`. */
export function createDynamicProcess(engine: string | undefined): DynamicProcess {
  let log: Log | undefined;
  let account: ProviderContext["account"] | undefined;
  let keySource: KeySource = "elsewhere";
  const owners = followOwners(openRunRecord(engine));
  const show: Log = (...line) => (log ??= createEngineLog(engine))(...line);

  const report = reportTo(show);
  const connected = (): Account => {
    if (!account) throw new Error("The provider was called before it was configured.");
    return account();
  };

  return {
    ...{ frontend: dynamicFrontend, report, account: connected, usersRead: createUsersRead() },
    ...{ look: createAccountLook(report), names: createNameClaims(), undeclared: new Set() },
    journals: openCreateJournals({ setting: () => connected().journal, report }),
    owners: () => owners,
    keySource: () => keySource,

    configure(config) {
      if (account) return;
      account = accountOf(
        services,
        (key) => config.get(key),
        (sentence) => void show("info", undefined, sentence),
      );
      const hasKey = config.get("alicloud:accessKey") ?? config.get("alicloud-users:accessKey");
      if (hasKey !== undefined) keySource = "configuration of dynamic resources";
      prepareProcess();
    },
  };
}
