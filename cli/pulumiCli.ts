import { execFile } from "node:child_process";

const longestMs = 5 * 60_000;

/** What the Pulumi CLI on the PATH prints when it is called with these arguments in the folder; throws what it says where it fails. */
export function pulumi(args: readonly string[], cwd: string): Promise<string> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const plain = ["--non-interactive", "--color", "never"];
  const options = { cwd, env, maxBuffer: Infinity, timeout: longestMs };
  return new Promise((resolve, reject) => {
    const child = execFile("pulumi", [...args, ...plain], options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      if (error.code === "ENOENT")
        return reject(
          new Error(
            "There is no pulumi on the PATH. Install the Pulumi CLI, or give an exported state with --state.",
          ),
        );
      const said = stderr.trim().replace(/^error: /, "");
      reject(new Error(said || `"pulumi ${args.slice(0, 2).join(" ")}" failed: ${error.message}`));
    });
    child.stdin?.end();
  });
}
