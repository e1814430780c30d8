import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createProgramHost } from "./programHost";
import { linkOwnName } from "../../../scripts/toolchain/ownName";
import { programs, repository } from "../../../scripts/toolchain/place";
import { type Outcome, run } from "../../../scripts/toolchain/run";
import { findToolchain, type Toolchain } from "../../../scripts/toolchain/toolchain";

export type { Outcome };

/** A program and the stack to run it in: the folder of a program, or the text of one in TypeScript or YAML. */
export interface StackOptions {
  /** Folder of an existing program. It is copied, so that a run leaves nothing in it. */
  program?: string;
  /** Text of a program in TypeScript. */
  source?: string;
  /** Text of a program in YAML: what its Pulumi.yaml holds besides its name, its runtime and the plugin. */
  yaml?: string;
  /**
   * Whether one process runs the program for all commands, as the Automation API does, which takes half of the CPU. What the
   * program prints is then at the end of stderr. Unless told, each command starts a process for it, as the CLI does by itself.
   */
  oneProcess?: boolean;
  /** Name of the stack; "test" unless told. */
  name?: string;
  /** Configuration values; a key without a namespace belongs to the project. */
  config?: Record<string, string>;
  /** Configuration values that are kept encrypted. */
  secrets?: Record<string, string>;
  /** Variables for the CLI, the program and its providers. */
  env?: Record<string, string>;
  /** Time one command may take; five minutes unless told. */
  timeoutMs?: number;
}

/** A resource as the engine records it. */
export interface ResourceState {
  urn: string;
  type: string;
  id?: string;
  custom: boolean;
  parent?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
  /** Where the program makes it: `project:///index.ts#3,1`. */
  sourcePosition?: string;
  /** The lines that led there. */
  stackTrace?: { sourcePosition?: string }[];
}

/** What `pulumi stack export` prints. */
export interface StackState {
  version: number;
  deployment: { resources?: ResourceState[]; pending_operations?: unknown[] };
}

/** A stack in a temporary folder, run by the real CLI. A command that fails is an outcome, not an exception. */
export interface Stack {
  /** The folder of the program. */
  dir: string;
  /** The environment the CLI runs in. */
  env: NodeJS.ProcessEnv;
  up(args?: string[]): Promise<Outcome>;
  preview(args?: string[]): Promise<Outcome>;
  refresh(args?: string[]): Promise<Outcome>;
  destroy(args?: string[]): Promise<Outcome>;
  /** Runs any command of the CLI. */
  run(args: string[]): Promise<Outcome>;
  /** The state as `pulumi stack export` prints it, read from the file. */
  state(): Promise<StackState>;
  /** The state as it lies in its file. */
  stateText(): Promise<string>;
  /** Replaces the text of the program, in the language that it had. */
  writeProgram(source: string): Promise<void>;
  /** Removes the temporary folder; what the stack holds is not destroyed. */
  remove(): Promise<void>;
}

/** Makes a stack with state, settings and CLI home of its own in a temporary folder. */
export async function createStack(options: StackOptions): Promise<Stack> {
  const { name = "test", config = {}, secrets = {}, timeoutMs = 5 * 60_000 } = options;
  const toolchain = await findToolchain();
  if (!toolchain) throw new Error("There is no Pulumi CLI yet. Run `npm run setup` first.");
  const root = await mkdtemp(path.join(tmpdir(), "pulumi-alicloud-users-"));
  const dir = path.join(root, "program");
  await layOut(root, dir, options);
  const project = await projectName(dir);
  await writeSettings(path.join(dir, `Pulumi.${name}.yaml`), project, config);
  const env = await environment(root, toolchain, options.env);
  const cli = path.join(toolchain.binDir, programs.cli);
  const host = options.oneProcess ? createProgramHost(dir, env, path.join(root, "program.log")) : undefined;
  const command = async (args: string[]) => {
    const client = host && runsProgram(args) ? await host.args() : [];
    const outcome = await run(cli, [...args, ...client, ...plain], { cwd: dir, env, timeoutMs });
    return client.length > 0 ? { ...outcome, stderr: outcome.stderr + host!.printed() } : outcome;
  };
  const pairs = Object.entries(secrets).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
  const made = await command(["stack", "init", name]);
  const kept = pairs.length > 0 ? await command(["config", "set-all", ...pairs]) : made;
  const stateFile = path.join(root, "backend/.pulumi/stacks", project, `${name}.json`);
  const stack = {
    dir,
    env,
    ...commands(command),
    ...files(dir, stateFile, options),
    async remove() {
      await host?.end();
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  if (made.exitCode === 0 && kept.exitCode === 0) return stack;
  await stack.remove();
  throw new Error(`The stack could not be made:\n${made.stderr}${kept.stderr}`);
}

const runsProgram = ([command, ...args]: string[]): boolean =>
  command === "up" || command === "preview" || args.includes("--run-program");

function commands(run: Stack["run"]) {
  const verb =
    (...own: string[]) =>
    (args: string[] = []) =>
      run([...own, ...args]);
  return {
    run,
    up: verb("up", "--yes", "--skip-preview"),
    preview: verb("preview"),
    refresh: verb("refresh", "--yes", "--skip-preview"),
    destroy: verb("destroy", "--yes", "--skip-preview"),
  };
}

function files(dir: string, stateFile: string, { yaml }: StackOptions) {
  const stateText = () => readFile(stateFile, "utf8");
  const [program, textOf] =
    yaml === undefined ? ["index.ts", String] : ["Pulumi.yaml", yamlProject(path.dirname(dir))];
  return {
    stateText,
    state: async () => exported(await stateText()),
    writeProgram: (source: string) => writeFile(path.join(dir, program), textOf(source)),
  };
}

const late = path.join(__dirname, "../late/index.cjs").replaceAll("\\", "\\\\");

const plain = ["--non-interactive", "--color", "never"];

/** Variables of the user's own shell that would reach the provider or the CLI. */
const foreign = /^(PULUMI|ALICLOUD|ALIBABA_CLOUD|ALIBABACLOUD)_/;

async function environment(root: string, toolchain: Toolchain, own: Record<string, string> = {}) {
  const inherited = Object.entries(toolchain.env).filter(([name]) => !foreign.test(name));
  const backend = path.join(root, "backend");
  const home = path.join(root, "home");
  await Promise.all([mkdir(backend), mkdir(home)]);
  return {
    ...Object.fromEntries(inherited),
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    NODE_OPTIONS: `${toolchain.env.NODE_OPTIONS ?? ""} --require "${late}"`.trimStart(),
    ...own,
  };
}

/**
 * The links stand beside the program's folder, not in it: Node looks there too, the language host does not search it
 * for plugins, and all of it resolves to the checkout's one copy of the SDK.
 */
async function layOut(root: string, dir: string, options: StackOptions): Promise<void> {
  const { program, source = "", yaml } = options;
  linkOwnName();
  for (const folder of ["node_modules", "plugin"])
    await symlink(path.join(repository, folder), path.join(root, folder), "junction");
  if (program)
    await cp(program, dir, { recursive: true, filter: (from) => !skipped.test(path.basename(from)) });
  else await mkdir(dir);
  const text = yaml === undefined ? { "index.ts": source } : { "Pulumi.yaml": yamlProject(root)(yaml) };
  const written = program ? {} : text;
  for (const [name, text] of Object.entries({ ...settings, ...written })) {
    if (!existsSync(path.join(dir, name))) await writeFile(path.join(dir, name), text);
  }
  const project = path.join(dir, "Pulumi.yaml");
  await writeFile(project, withPlugin(root, await readFile(project, "utf8")));
}

const yamlProject = (root: string) => (text: string) =>
  withPlugin(root, `name: test\nruntime: yaml\n${text}`);

/** The plugin is the checkout's own, by a link: beside a plugin's folder the CLI may keep its schema, and take that for true later. */
function withPlugin(root: string, project: string): string {
  const place = `path: ${JSON.stringify(path.join(root, "plugin"))}`;
  if (/^plugins:/m.test(project)) return project.replace(/\bpath: \S+\/plugin$/m, () => place);
  return `${project.trimEnd()}\nplugins:\n  providers:\n    - name: alicloud-users\n      ${place}\n`;
}

const skipped = /^(node_modules|Pulumi\..+\.yaml)$/;

const settings = {
  "Pulumi.yaml": "name: test\nruntime: nodejs\n",
  "package.json": JSON.stringify({ name: "test", private: true }),
  "tsconfig.json": JSON.stringify({
    compilerOptions: { target: "ES2022", module: "node16", moduleResolution: "node16", strict: true },
  }),
};

async function projectName(dir: string): Promise<string> {
  const text = await readFile(path.join(dir, "Pulumi.yaml"), "utf8");
  const name = /^name:\s*["']?([\w.-]+)/m.exec(text)?.[1];
  if (!name) throw new Error(`${path.join(dir, "Pulumi.yaml")} names no project.`);
  return name;
}

async function writeSettings(file: string, project: string, config: Record<string, string>): Promise<void> {
  const values = Object.entries(config).map(([key, value]) => [
    key.includes(":") ? key : `${project}:${key}`,
    value,
  ]);
  if (values.length > 0) await writeFile(file, JSON.stringify({ config: Object.fromEntries(values) }));
}

function exported(text: string): StackState {
  const { version, checkpoint } = JSON.parse(text) as { version: number; checkpoint: { latest?: object } };
  return { version, deployment: checkpoint.latest ?? {} };
}
