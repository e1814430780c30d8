/** The fields of a fault that only some kinds take. */
export type FaultField =
  "done" | "status" | "code" | "message" | "body" | "headers" | "retryAfterMs" | "downMs";

/** How the answer travels: as a whole, or not to its end. */
export type Delivery = "whole" | "dropped" | "reset" | "cut" | "outage";

/** What one kind of fault does to a call. */
export interface FaultKind {
  /** Whether the work of the call is done, unless the fault says otherwise. */
  readonly isDone: boolean;
  readonly delivery: Delivery;
  readonly takes: readonly FaultField[];
  /** The vendor's refusal, where the kind answers with one. */
  readonly refusal?: { readonly status: number; readonly code: string; readonly message: string };
  /** A body outside the vendor's envelope, where the kind answers with one. */
  readonly page?: { readonly status: number; readonly contentType: string; readonly body: string };
}

/** The words of the vendor's flow control. */
export const throttled = {
  status: 400,
  code: "Throttling.User",
  message: "Request was denied due to user flow control.",
};

const htmlPage =
  "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n";

/** Every kind of fault by its name. */
export const faultKinds = {
  throttle: refusal(throttled.status, throttled.code, throttled.message),
  error: refusal(500, "InternalError", "An unknown error occurred."),
  unavailable: refusal(503, "ServiceUnavailable", "The service is temporarily unavailable."),
  denied: refusal(403, "NoPermission", "You are not authorized to do this action."),
  expiredToken: refusal(400, "InvalidSecurityToken.Expired", "Specified security token is expired."),
  clockSkew: refusal(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired."),
  expiredInstance: refusal(400, "Commodity.BizError.InvalidStatus", "The status of the instance is invalid."),
  html: page(502, "text/html;charset=utf-8", htmlPage),
  body: page(200, "application/json;charset=utf-8", "{}"),
  itemError: { isDone: false, delivery: "whole", takes: ["code", "message"] },
  delay: { isDone: true, delivery: "whole", takes: [] },
  drop: { isDone: true, delivery: "dropped", takes: ["done"] },
  reset: { isDone: false, delivery: "reset", takes: ["done"] },
  cut: { isDone: true, delivery: "cut", takes: [] },
  outage: { isDone: false, delivery: "outage", takes: ["done", "downMs"] },
} as const satisfies Record<string, FaultKind>;

/** The name of a kind of fault. */
export type FaultKindName = keyof typeof faultKinds;

function refusal(status: number, code: string, message: string) {
  const takes = ["done", "status", "code", "message", "headers", "retryAfterMs"] as const;
  return { isDone: false, delivery: "whole", takes, refusal: { status, code, message } } as const;
}

function page(status: number, contentType: string, body: string) {
  const takes = ["done", "status", "body", "headers"] as const;
  return { isDone: false, delivery: "whole", takes, page: { status, contentType, body } } as const;
}
