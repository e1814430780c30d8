import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseDocument } from "yaml";
import { projectFile } from "../../provider/lifecycle/projectFile";
import { pulumi } from "../pulumiCli";
import type { Finding } from "./findings";

/** Where the state lies, and what names that place. */
interface Backend {
  url: string;
  namedBy: string;
}

/** The minor releases of Pulumi CLI 3 whose writes OSS refuses: the first, and the last. */
const refused = { first: 245, last: 257 };

const pathStyles = ["s3ForcePathStyle", "use_path_style"];

/** Whether the state of the project in the folder can be kept in OSS; no finding where it lies somewhere else. */
export async function checkState(folder: string): Promise<Finding[]> {
  const backend = await backendOf(folder);
  const findings = backend ? checkBackend(backend) : [];
  return findings.length === 0 ? [] : [...findings, await checkCli(folder)];
}

async function backendOf(folder: string): Promise<Backend | undefined> {
  const { PULUMI_BACKEND_URL: url } = process.env;
  if (url) return { url, namedBy: "PULUMI_BACKEND_URL" };
  const file = projectFile(folder);
  if (!file) return undefined;
  const own = parseDocument(await readFile(file, "utf8")).getIn(["backend", "url"]);
  return typeof own === "string" ? { url: own, namedBy: `backend.url of ${path.basename(file)}` } : undefined;
}

/** Whether OSS takes calls by this URL; no finding where it names no bucket of OSS. */
export function checkBackend({ url, namedBy }: Backend): Finding[] {
  const parameters = new URLSearchParams(url.split("?")[1]);
  const host = (parameters.get("endpoint") ?? "").replace(/^https?:\/\//, "").replace(/\/$/, "");
  if (!url.startsWith("s3://") || !host.endsWith(".aliyuncs.com")) return [];
  const at = { area: "state", subject: "backend" };
  const region = parameters.get("region") ?? "";
  const problems = [
    host.startsWith("s3.oss-")
      ? []
      : {
          detail: `the endpoint ${host} is not that of the S3 interface of OSS`,
          advice: `Write endpoint=s3.${/\boss-[\w.-]+$/.exec(host)?.[0] ?? "oss-REGION.aliyuncs.com"} in ${namedBy}.`,
        },
    /^oss-[\w-]+$/.test(region)
      ? {
          detail: `the S3 interface of OSS knows no region ${region}`,
          advice: `Write region=${region.slice("oss-".length)} in ${namedBy}.`,
        }
      : [],
    pathStyles
      .filter((name) => !/^(0|f|false)?$/i.test(parameters.get(name) ?? ""))
      .map((name) => ({
        detail: `${name} asks for path style, which OSS refuses (SecondLevelDomainForbidden)`,
        advice: `Leave ${name} out of ${namedBy}.`,
      })),
  ].flat();
  if (problems.length === 0) return [{ ...at, verdict: "ok", detail: `OSS at ${host}, named by ${namedBy}` }];
  return problems.map((problem): Finding => ({ ...at, verdict: "problem", ...problem }));
}

async function checkCli(folder: string): Promise<Finding> {
  const at = { area: "state", subject: "Pulumi CLI" };
  try {
    const version = (await pulumi(["version"], folder)).trim();
    if (writesToOss(version)) return { ...at, verdict: "ok", detail: `${version} writes to OSS` };
    const range = `3.${refused.first}.0 to 3.${refused.last}.0`;
    return {
      ...at,
      verdict: "problem",
      detail: `${version} cannot write its state to OSS, which refuses the aws-chunked bodies of ${range}`,
      advice: `Install Pulumi CLI 3.${refused.last + 1}.0 or newer.`,
    };
  } catch (error) {
    return { ...at, verdict: "note", detail: `not looked at: ${(error as Error).message}` };
  }
}

/** Whether OSS takes what this release of the Pulumi CLI writes. */
export function writesToOss(version: string): boolean {
  const minor = Number(/^v?3\.(\d+)\./.exec(version)?.[1]);
  return !(minor >= refused.first && minor <= refused.last);
}
