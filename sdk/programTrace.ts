import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";

type Frame = { uri: string } | undefined;

/** The part of the SDK that notes where a resource is made; it is private, so a release may lack it. */
const sdk = pulumi.Resource as unknown as { stackTrace?: (skip: number) => Frame[] };

const ourFolder = `${pathToFileURL(__dirname).href}/`;

/**
 * Until what it returns is called, resources are recorded at the program's own line. The SDK reckons with one
 * constructor less than we have, and would put a dozen frames of libraries into the state of every user.
 */
export function traceProgramOnly(): () => void {
  const { stackTrace } = sdk;
  if (typeof stackTrace !== "function") return () => {};
  sdk.stackTrace = () => stackTrace.call(sdk, 0).filter(isOfProgram);
  return () => void (sdk.stackTrace = stackTrace);
}

function isOfProgram(frame: Frame): boolean {
  return frame !== undefined && !frame.uri.includes("/node_modules/") && !frame.uri.startsWith(ourFolder);
}
