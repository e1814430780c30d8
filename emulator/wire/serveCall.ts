import type { Action, Product } from "../action";
import { ApiError } from "../apiError";
import type { Cloud } from "../cloud";
import type { Fault } from "../control/faults";
import { type ProductName, productName } from "../control/settings";
import { products } from "../products";
import type { ApiCall, ApiRequest } from "./apiCall";
import { apiCallOf } from "./apiCall";
import { authenticate } from "./authenticate";

/** What becomes of a call. */
export interface Outcome {
  call: ApiCall;
  status: number;
  /** The vendor's code of a refusal. */
  code?: string | undefined;
  body: object;
  headers: Readonly<Record<string, string>>;
  /** How long the answer is held back. */
  delayMs: number;
  /** True where the connection closes without an answer. */
  isDropped: boolean;
}

/** Does what a request asks for, or refuses it, and keeps a record of it. */
export function serveCall(cloud: Cloud, request: ApiRequest): Outcome {
  const at = cloud.now().toISOString();
  const call = apiCallOf(request);
  const product = productName.options.find((name) => products[name].version === call.version);
  const outcome = outcomeOf(cloud, request, call, product);
  const { action, params } = call;
  const { status, code } = outcome.isDropped ? { status: 0, code: "Dropped" } : outcome;
  cloud.calls.record({ at, product: product ?? "Unknown", action, params, status, code });
  return outcome;
}

function outcomeOf(
  cloud: Cloud,
  request: ApiRequest,
  call: ApiCall,
  product: ProductName | undefined,
): Outcome {
  const fault: { befell?: Fault | undefined } = {};
  const answer = answerOf(() => {
    const name = knownProduct(call, product);
    const action = knownAction(products[name], call);
    authenticate(cloud, request, call);
    refuseMethod(action, request.method);
    refuseRate(cloud, name);
    fault.befell = cloud.faults.take(name, call.action);
    refuseByFault(fault.befell);
    return action.answer(cloud, call.params, products[name].refuse);
  });
  const delayMs = cloud.settings.latencyMs + (fault.befell?.delayMs ?? 0);
  return { call, ...answer, delayMs, isDropped: fault.befell?.kind === "drop" };
}

function answerOf(work: () => object): Pick<Outcome, "status" | "code" | "body" | "headers"> {
  try {
    return { status: 200, body: work(), headers: {} };
  } catch (error) {
    const refusal = error instanceof ApiError ? error : new ApiError(500, "InternalError", String(error));
    const { status, code, message, headers } = refusal;
    return { status, code, headers, body: { Code: code, Message: message } };
  }
}

function knownProduct(call: ApiCall, product: ProductName | undefined): ProductName {
  if (call.version === "") throw new ApiError(400, "MissingVersion", "Version is mandatory for this action.");
  if (!product) throw new ApiError(400, "InvalidVersion", "Specified parameter Version is not valid.");
  return product;
}

function knownAction(product: Product, call: ApiCall): Action {
  if (call.action === "") throw new ApiError(400, "MissingAction", "Action is mandatory.");
  const action = Object.hasOwn(product.actions, call.action) ? product.actions[call.action] : undefined;
  if (action) return action;
  throw new ApiError(
    404,
    "InvalidAction.NotFound",
    "Specified api is not found, please check your url and method.",
  );
}

function refuseMethod(action: Action, method: string): void {
  if (!action.postOnly || method === "POST") return;
  throw new ApiError(403, "UnsupportedHTTPMethod", "This http method is not supported.");
}

const throttled = "Request was denied due to user flow control.";

function refuseRate({ rateLimit, settings }: Cloud, product: ProductName): void {
  if (rateLimit.admits(product, settings.callsPerSecond[product])) return;
  throw new ApiError(400, "Throttling.User", throttled);
}

function refuseByFault(fault: Fault | undefined): void {
  if (fault?.kind !== "throttle" && fault?.kind !== "error") return;
  const usual =
    fault.kind === "throttle"
      ? { status: 400, code: "Throttling.User", message: throttled }
      : { status: 500, code: "InternalError", message: "An unknown error occurred." };
  const { status = usual.status, code = usual.code, message = usual.message, retryAfterMs } = fault;
  const wait = retryAfterMs === undefined ? undefined : { "x-acs-retry-after": String(retryAfterMs) };
  throw new ApiError(status, code, message, wait);
}
