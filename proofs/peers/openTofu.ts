import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { alicloudVersion, ensurePeers } from "./ensurePeers";
import { type Outcome, run } from "../../scripts/toolchain/run";
import { quiet } from "../../scripts/toolchain/say";
import type { Bench } from "../bench/onStack";
import { succeed } from "../bench/succeed";

/** OpenTofu in a folder of its own, whose configuration declares RAM users. */
export interface OpenTofu {
  apply(): Promise<Outcome>;
  plan(): Promise<Outcome>;
}

/** Does some work with OpenTofu and Alibaba Cloud's provider, which know the emulator and declare so many RAM users. */
export async function onOpenTofu<T>(
  { emulator }: Bench,
  count: number,
  work: (tofu: OpenTofu) => Promise<T>,
): Promise<T> {
  const { tofu, mirror } = await ensurePeers(quiet);
  const dir = await mkdtemp(path.join(tmpdir(), "pulumi-alicloud-users-tofu-"));
  const settings = path.join(dir, "tofu.rc");
  const env = { ...withoutSettings(), TF_CLI_CONFIG_FILE: settings, CHECKPOINT_DISABLE: "1" };
  const command =
    (...args: string[]) =>
    () =>
      run(tofu, [...args, "-no-color", "-input=false"], { cwd: dir, env, timeoutMs: 30 * 60_000 });
  try {
    await writeFile(settings, `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}\n`);
    await writeFile(path.join(dir, "main.tf"), tofuUsers(count, new URL(emulator.url).host));
    await succeed(command("init")());
    return await work({ apply: command("apply", "-auto-approve"), plan: command("plan") });
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A configuration of `count` RAM users with the attributes that the programs of this benchmark declare, at this host. */
export function tofuUsers(count: number, host: string): string {
  return `terraform {
  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = "${alicloudVersion}"
    }
  }
}
provider "alicloud" {
  access_key             = "testid"
  secret_key             = "testsecret"
  region                 = "cn-hangzhou"
  account_id             = "1000000000000001"
  protocol               = "HTTP"
  skip_region_validation = true
  endpoints {
    ram = "${host}"
  }
}
resource "alicloud_ram_user" "user" {
  count        = ${count}
  name         = "user-\${count.index}"
  display_name = "User \${count.index}"
  email        = "user-\${count.index}@example.com"
  mobile       = "86-18600001000"
  comments     = "Number \${count.index}"
}
`;
}

/** The environment without variables that OpenTofu or its provider would read. */
function withoutSettings(): NodeJS.ProcessEnv {
  const foreign = /^(TF_|ALICLOUD|ALIBABA_?CLOUD)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
