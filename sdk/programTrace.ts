import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";

type Frame = { uri: string } | undefined;

/** The part of the SDK that notes where a resource is made; it is private, so a release may lack it. */
const sdk = pulumi.Resource as unknown as { stackTrace?: (skip: number) => Frame[] };

const ourFolder = `${pathToFileURL(__dirname).href}/`;

/**
 * Until what it returns is called, resources are recorded at the program's own line, and no other trace is worked out.
 * The SDK reckons with one constructor less than we have, and would put a dozen frames of libraries into the state of
 * every user. It also words the trace of some fifty promises for each, in case they leak: a third of a program's time.
 */
export function traceProgramOnly(): () => void {
  const { stackTrace } = sdk;
  const { prepareStackTrace } = Error;
  const restore = (): void => {
    if (stackTrace) sdk.stackTrace = stackTrace;
    Error.prepareStackTrace = prepareStackTrace;
  };
  // An error is worded when its trace is first asked for, so one that is thrown meanwhile still gets it in full.
  const wordNone = (): void => {
    if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) Error.prepareStackTrace = String;
  };
  if (typeof stackTrace === "function")
    sdk.stackTrace = () => {
      Error.prepareStackTrace = prepareStackTrace;
      const frames = stackTrace.call(sdk, 0).filter(isOfProgram);
      wordNone();
      return frames;
    };
  wordNone();
  return restore;
}

function isOfProgram(frame: Frame): boolean {
  return frame !== undefined && !frame.uri.includes("/node_modules/") && !frame.uri.startsWith(ourFolder);
}
