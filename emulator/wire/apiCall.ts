import type { WireParams } from "../product/wireParams";
import type { Pairs } from "./signature";

/** An HTTP request, with its query and form decoded. */
export interface ApiRequest {
  method: string;
  /** Header values by lower-case name. */
  headers: Readonly<Record<string, string>>;
  query: Pairs;
  form: Pairs;
  body: Buffer;
}

/** What a request asks for, the same for both kinds of signature. */
export interface ApiCall {
  signatureVersion: "V1" | "V3";
  action: string;
  version: string;
  accessKeyId: string;
  nonce: string;
  timestamp: string;
  securityToken: string;
  wantsXml: boolean;
  /** The parameters of the operation itself. */
  params: WireParams;
}

const commonParams = new Set([
  "Action",
  "Version",
  "Format",
  "AccessKeyId",
  "Signature",
  "SignatureMethod",
  "SignatureVersion",
  "SignatureNonce",
  "SignatureType",
  "Timestamp",
  "SecurityToken",
]);

/** Reads a call from its request: V3 has the common part in headers, V1 in parameters. */
export function apiCallOf(request: ApiRequest): ApiCall {
  const all = [...request.query, ...request.form];
  const params = Object.fromEntries(all.filter(([name]) => !commonParams.has(name)));
  const isV3 = request.headers.authorization?.startsWith("ACS3-") ?? false;
  return { params, ...(isV3 ? commonOfHeaders(request.headers) : commonOfParams(Object.fromEntries(all))) };
}

function commonOfHeaders(headers: ApiRequest["headers"]): Omit<ApiCall, "params"> {
  return {
    signatureVersion: "V3",
    action: headers["x-acs-action"] ?? "",
    version: headers["x-acs-version"] ?? "",
    accessKeyId: /Credential=([^,\s]+)/.exec(headers.authorization ?? "")?.[1] ?? "",
    nonce: headers["x-acs-signature-nonce"] ?? "",
    timestamp: headers["x-acs-date"] ?? "",
    securityToken: headers["x-acs-security-token"] ?? "",
    wantsXml: /xml/i.test(headers.accept ?? ""),
  };
}

function commonOfParams(params: WireParams): Omit<ApiCall, "params"> {
  return {
    signatureVersion: "V1",
    action: params.Action ?? "",
    version: params.Version ?? "",
    accessKeyId: params.AccessKeyId ?? "",
    nonce: params.SignatureNonce ?? "",
    timestamp: params.Timestamp ?? "",
    securityToken: params.SecurityToken ?? "",
    // Pages differ on the default between JSON and XML; clients that mean XML say so.
    wantsXml: /^xml$/i.test(params.Format ?? ""),
  };
}
