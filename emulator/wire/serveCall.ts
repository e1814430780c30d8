import type { Cloud } from "../cloud";
import { type Delivery, faultKinds, throttled } from "../control/faultKinds";
import type { Fault } from "../control/faults";
import { ApiError } from "../product/apiError";
import type { Action, Product } from "../product/product";
import { type ProductName, products } from "../products";
import { type Answer, answerOf, answerUnderFault } from "./answerUnderFault";
import { type ApiCall, apiCallOf, type ApiRequest } from "./apiCall";
import { authenticate } from "./authenticate";
import { acceptedParams, deviate } from "./deviate";

type EmulatedProduct = Product<ProductName>;

/** The answer to a call, and how it is sent. */
export interface Outcome extends Answer {
  call: ApiCall;
  /** How long the answer is held back. */
  delayMs: number;
  delivery: Delivery;
  /** How long connections are refused afterwards, where the delivery is an outage. */
  downMs: number;
}

/** Does or refuses what a request asks for, and records the call. */
export function serveCall(cloud: Cloud, request: ApiRequest): Outcome {
  const at = cloud.now().toISOString();
  const call = apiCallOf(request);
  const product = Object.values(products).find(({ version }) => version === call.version);
  const outcome = outcomeOf(cloud, request, call, product);
  const { action, params, accessKeyId } = call;
  const session = cloud.session(accessKeyId);
  const role = session && { role: `${session.roleName}/${session.roleSessionName}` };
  const { status, code } = outcome.delivery === "whole" ? outcome : lost[outcome.delivery];
  cloud.calls.record({ at, product: product?.name ?? "Unknown", action, ...role, params, status, code });
  return outcome;
}

const lost = {
  dropped: { status: 0, code: "Dropped" },
  reset: { status: 0, code: "Reset" },
  cut: { status: 0, code: "Cut" },
  outage: { status: 0, code: "Outage" },
};

function outcomeOf(
  cloud: Cloud,
  request: ApiRequest,
  call: ApiCall,
  called: EmulatedProduct | undefined,
): Outcome {
  const taken: { fault?: Fault | undefined } = {};
  const { deviations } = cloud.settings;
  const isDeviating = Object.keys(deviations).length > 0;
  const params = isDeviating ? acceptedParams(call.params, deviations) : call.params;
  const answer = answerOf(() => {
    const product = knownProduct(call, called);
    const { name, refuse } = product;
    const action = knownAction(product, call);
    if (!action.anonymous || call.accessKeyId !== "") authenticate(cloud, request, call);
    refuseMethod(action, request.method);
    refuseRate(cloud, name);
    taken.fault = cloud.faults.take(name, call.action, call.params);
    const rules = { refuse, unknownParameters: cloud.settings.unknownParameters };
    return answerUnderFault(taken.fault, () =>
      action.prepare(cloud.worldOf(product, call.accessKeyId), params, rules),
    );
  });
  const { fault } = taken;
  const delayMs = cloud.settings.latencyMs + (fault?.delayMs ?? 0);
  const delivery = fault ? faultKinds[fault.kind].delivery : "whole";
  return {
    call,
    ...(isDeviating ? deviate(answer, deviations) : answer),
    delayMs,
    delivery,
    downMs: fault?.downMs ?? 1000,
  };
}

function knownProduct(call: ApiCall, product: EmulatedProduct | undefined): EmulatedProduct {
  if (call.version === "") throw new ApiError(400, "MissingVersion", "Version is mandatory for this action.");
  if (!product) throw new ApiError(400, "InvalidVersion", "Specified parameter Version is not valid.");
  return product;
}

function knownAction({ actions }: EmulatedProduct, call: ApiCall): Action {
  if (call.action === "") throw new ApiError(400, "MissingAction", "Action is mandatory.");
  const action = Object.hasOwn(actions, call.action) ? actions[call.action] : undefined;
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

function refuseRate({ rateLimit, settings }: Cloud, product: ProductName): void {
  if (rateLimit.admits(product, settings.callsPerSecond[product])) return;
  throw new ApiError(throttled.status, throttled.code, throttled.message);
}
