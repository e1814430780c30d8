import { Builder } from "xml2js";
import type { Page } from "./answerUnderFault";
import type { Outcome } from "./serveCall";

/** Puts an outcome into the vendor's envelope, as JSON or XML. */
export function render(outcome: Outcome, requestId: string, hostId: string): Page {
  const { call, code, body, page } = outcome;
  if (page) return page;
  const isRefusal = code !== undefined;
  const content = isRefusal
    ? { RequestId: requestId, HostId: hostId, ...body }
    : { RequestId: requestId, ...body };
  if (!call.wantsXml) return { contentType: "application/json;charset=utf-8", text: JSON.stringify(content) };
  const rootName = isRefusal ? "Error" : `${call.action}Response`;
  return { contentType: "text/xml;charset=utf-8", text: xml(rootName, content) };
}

const noXmlCharacter = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

function xml(rootName: string, content: object): string {
  const builder = new Builder({
    rootName,
    xmldec: { version: "1.0", encoding: "UTF-8" },
    renderOpts: { pretty: false },
  });
  // JSON leaves out what is undefined.
  const present = JSON.parse(JSON.stringify(content), (_key, value: unknown) =>
    typeof value === "string" ? value.replace(noXmlCharacter, "\u{fffd}") : value,
  ) as object;
  return builder.buildObject(present);
}
