import { type FaultKind, faultKinds } from "../control/faultKinds";
import type { Fault } from "../control/faults";
import { ApiError } from "../product/apiError";
import type { Work } from "../product/product";

/** The text of an answer with its content type. */
export interface Page {
  contentType: string;
  text: string;
}

/** What a call is answered with, before it becomes bytes. */
export interface Answer {
  status: number;
  /** The vendor's code of a refusal. */
  code?: string | undefined;
  /** What goes into the vendor's envelope. */
  body: object;
  /** The text in place of the envelope, for an answer that is none of the vendor's. */
  page?: Page;
  headers: Readonly<Record<string, string>>;
}

/** Does the work of a call, as far as the fault lets it, and gives the answer. */
export function answerUnderFault(fault: Fault | undefined, prepare: () => Work): Answer {
  const run = () => success(prepare().run());
  if (!fault) return run();
  const kind: FaultKind = faultKinds[fault.kind];
  const isDone = fault.done ?? kind.isDone;
  const real = isDone ? answerOf(run) : undefined;
  if (kind.refusal) return refusalOf(fault, kind.refusal);
  if (kind.page) return pageOf(fault, kind.page);
  if (fault.kind !== "itemError") return real ?? success({});
  const error = { code: fault.code ?? "INTERNAL_ERROR", message: fault.message ?? "" };
  const work = prepare();
  return success(work.refuseItems?.(error) ?? work.run());
}

/** The answer that some work gives, or the refusal that it throws. */
export function answerOf(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    const refusal = error instanceof ApiError ? error : new ApiError(500, "InternalError", String(error));
    const { status, code, message, headers } = refusal;
    return { status, code, headers, body: { Code: code, Message: message } };
  }
}

function success(body: object): Answer {
  return { status: 200, body, headers: {} };
}

function refusalOf(fault: Fault, usual: NonNullable<FaultKind["refusal"]>): Answer {
  const { status = usual.status, code = usual.code, message = usual.message, retryAfterMs } = fault;
  const wait: Record<string, string> =
    retryAfterMs === undefined ? {} : { "x-acs-retry-after": String(retryAfterMs) };
  return { status, code, body: { Code: code, Message: message }, headers: { ...wait, ...fault.headers } };
}

function pageOf(fault: Fault, usual: NonNullable<FaultKind["page"]>): Answer {
  const page = { contentType: usual.contentType, text: fault.body ?? usual.body };
  return { status: fault.status ?? usual.status, body: {}, page, headers: fault.headers ?? {} };
}
