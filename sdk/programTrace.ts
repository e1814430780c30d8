import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";

type Frame = { uri: string } | undefined;

/** The function of the SDK that returns where a resource is declared; it is private, so a release may lack it. */
const sdk = pulumi.Resource as unknown as { stackTrace?: (skip: number) => Frame[] };

const thisFile = pathToFileURL(__filename).href;
const thisFolder = `${pathToFileURL(__dirname).href}/`;

/**
 * Call before the constructor of `pulumi.Resource`; call what it returns when that constructor has returned. In between
 * the SDK records the program's own line for our resources. It expects one constructor less than we have, and would put
 * a dozen frames of libraries into the state of every user. From that point of the constructor on, where no code of the
 * program runs any more, errors have no traces: the SDK asks for some fifty of them for each user, to report leaked
 * promises, which takes a third of a program's time.
 */
export function traceProgramOnly(): () => void {
  const { stackTrace } = sdk;
  const { stackTraceLimit } = Error;
  if (typeof stackTrace !== "function") return () => {};
  sdk.stackTrace = (skip) => {
    const frames = stackTrace.call(sdk, 0);
    // A transformation may declare another resource; that one keeps the SDK's trace, of which this function is one frame.
    if (!isOurConstructor(frames)) return stackTrace.call(sdk, skip + 1);
    if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) Error.stackTraceLimit = 0;
    return frames.filter(isOfProgram);
  };
  return () => {
    sdk.stackTrace = stackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  };
}

/** Whether the SDK's constructors in this trace were called by ours. */
function isOurConstructor(frames: Frame[]): boolean {
  const caller = frames.find(
    (frame) => frame && !frame.uri.includes("/node_modules/@pulumi/") && frame.uri !== thisFile,
  );
  return caller?.uri.startsWith(thisFolder) === true;
}

function isOfProgram(frame: Frame): boolean {
  return frame !== undefined && !frame.uri.includes("/node_modules/") && !frame.uri.startsWith(thisFolder);
}
