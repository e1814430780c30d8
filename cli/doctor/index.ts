import path from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { connect } from "../../provider/api/connect";
import { escapeText } from "../../provider/core/showText";
import { resources } from "../../provider/resources";
import { serviceOf } from "../../provider/resources/services";
import { checkDirectory } from "./checkDirectory";
import { checkEndpoints, checkSignIn } from "./checkSignIn";
import { checkState } from "./checkState";
import { type CausedFinding, type Finding, grouped, isHealthy, tableOf } from "./findings";
import { type Job, jobs, policyOf } from "./permissions";
import { type AccountTargets, type Choice, keyOf, readTargets, servicesOf } from "./targets";
import { agrees, trialTable, tryWrites, type WriteOptions } from "./tryWrites";

interface Options extends Choice, WriteOptions {
  json: boolean;
  policy: boolean;
  jobs?: Job[];
  write: boolean;
}

const examples = `
Examples:
  alicloud-users doctor --ram                          as the environment signs in
  alicloud-users doctor --stack prod                   the directories of a stack, as the stack signs in
  alicloud-users doctor --bastionhost bastionhost-cn-st220aw0001 --json
  alicloud-users doctor --policy --ram --jobs preview,drift
  alicloud-users doctor --write --ram                  asks first, and deletes the throwaway user

Exit codes:
  0  no problem was found
  1  a problem was found, or with --write a disagreement

Without --write it sends Get and List calls only.`;

/** Adds the command `doctor`, which says whether an account can be reached and answers as the provider expects. */
export function addDoctor(program: Command): void {
  const command = program
    .command("doctor")
    .description("Check credentials, endpoints, permissions and the answers of the APIs.");
  for (const resource of resources) {
    const { name } = serviceOf(resource.service);
    if (resource.identity.length === 1)
      command.option(`--${keyOf(resource)}`, `the ${name} users of the account`);
    else
      command.option(
        `--${keyOf(resource)} <id>`,
        `the users of a ${name} instance; may be repeated`,
        collect,
      );
  }
  command
    .option("--stack <name>", "the directories of the users of a stack")
    .option(
      "--cwd <folder>",
      "the folder of the Pulumi project; its selected stack where --stack is left out",
    )
    .option("--json", "print JSON", false)
    .option(
      "--policy",
      "print the least RAM policy for the chosen products and jobs, and check nothing",
      false,
    )
    .option("--jobs <list>", `jobs of the policy, some of ${jobs.join(",")}; all when left out`, jobList)
    .option("--write", "make, change and delete one throwaway user in each directory, and compare", false)
    .option("--yes", "agree to --write without being asked", false)
    .option("--unit <id>", "a second organizational unit for the trial of an EIAM instance")
    .option("--field <name>", "a custom field for the trial of an EIAM instance")
    .addHelpText("after", examples)
    .action(async (options: Options) => {
      process.exitCode = await doctor(options);
    });
}

async function doctor(options: Options): Promise<number> {
  if (options.policy) {
    print(JSON.stringify(policyOf(servicesOf(options), options.jobs ?? jobs), null, 2));
    return 0;
  }
  if (options.write) {
    const reports = await tryWrites(await readTargets(options), options);
    print(options.json ? JSON.stringify({ agrees: agrees(reports), reports }, null, 2) : trialTable(reports));
    return agrees(reports) ? 0 : 1;
  }
  const findings = await checkAll(options);
  const shown = findings.map((finding) => ({ ...finding, detail: escapeText(finding.detail) }));
  print(
    options.json ? JSON.stringify({ healthy: isHealthy(shown), findings: shown }, null, 2) : tableOf(shown),
  );
  return isHealthy(findings) ? 0 : 1;
}

async function checkAll(options: Options): Promise<Finding[]> {
  const findings = await checkState(path.resolve(options.cwd ?? "."));
  try {
    for (const account of await readTargets(options)) findings.push(...grouped(await checkAccount(account)));
  } catch (error) {
    // What is wrong with the backend is why its stack cannot be read.
    if (isHealthy(findings)) throw error;
    const detail = (error as Error).message;
    findings.push({ area: "state", subject: "stack", verdict: "problem", detail });
  }
  return findings;
}

async function checkAccount({ settings, targets }: AccountTargets): Promise<CausedFinding[]> {
  const account = connect(settings, {
    notice: (sentence) => process.stderr.write(`${escapeText(sentence)}\n`),
  });
  const endpoints = [
    { product: "Sts", region: undefined },
    ...targets.map(({ resource, region }) => ({ product: resource.service, region })),
  ];
  const findings = [
    ...(await checkSignIn(settings, account)),
    ...(await checkEndpoints(settings, endpoints)),
  ];
  for (const target of targets) findings.push(...(await checkDirectory(account, target)));
  if (targets.length > 0) return findings;
  const detail = "no directory was chosen: add --ram, --bastionhost ID, --eiam ID or --stack NAME";
  return [...findings, { area: "directories", subject: "none", verdict: "note", detail }];
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function collect(value: string, values: string[] = []): string[] {
  return [...values, value];
}

function jobList(text: string): Job[] {
  const named = text.split(",") as Job[];
  if (named.every((job) => jobs.includes(job))) return named;
  throw new InvalidArgumentError(`Give some of ${jobs.join(", ")}, with commas between them.`);
}
