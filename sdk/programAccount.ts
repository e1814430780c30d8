import { Config, getProject, log, runtime } from "@pulumi/pulumi";
import type { Account } from "../provider/api/connect";
import { accountOf } from "../provider/lifecycle/account";
import { services } from "../provider/resources/services";
import { perRun } from "./perRun";

const accountOfRun = perRun(() =>
  accountOf(
    services,
    {
      get(key) {
        const [namespace, name] = key.split(":") as [string, string];
        return new Config(namespace).get(name);
      },
      names: Object.keys(runtime.allConfig()),
      project: getProject(),
    },
    (sentence) => void log.info(sentence),
  ),
);

/** The account that the configuration of the running program names; throws a sentence when a setting is wrong. */
export const programAccount = (): Account => accountOfRun()();
