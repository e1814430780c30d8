import { XMLBuilder } from "fast-xml-parser";
import type { Page } from "./answerUnderFault";
import type { Outcome } from "./serveCall";

const xml = new XMLBuilder({ format: false, ignoreAttributes: true });

/** Puts an outcome into the vendor's envelope, as JSON or XML. */
export function render(outcome: Outcome, requestId: string, hostId: string): Page {
  const { call, code, body, page } = outcome;
  if (page) return page;
  const isRefusal = code !== undefined;
  const content = isRefusal
    ? { RequestId: requestId, HostId: hostId, ...body }
    : { RequestId: requestId, ...body };
  if (!call.wantsXml) return { contentType: "application/json;charset=utf-8", text: JSON.stringify(content) };
  const root = isRefusal ? "Error" : `${call.action}Response`;
  const declared = '<?xml version="1.0" encoding="UTF-8"?>';
  // What is undefined is left out, as it is in JSON.
  const present: unknown = JSON.parse(JSON.stringify(content));
  return { contentType: "text/xml;charset=utf-8", text: declared + xml.build({ [root]: present }) };
}
