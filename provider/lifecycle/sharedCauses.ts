import { faultKind } from "../core/fault";
import { showText } from "../core/showText";
import { nameIn } from "./resourceNames";

/** What has failed in this process by a cause that fails every other resource too. */
export interface SharedCauses {
  /**
   * The error to show for a request about this resource: the error itself for the first by its cause, and a short one
   * that names the first for the others.
   */
  shown(error: unknown, urn: string | undefined): unknown;
}

/** Nothing has failed yet. */
export function createSharedCauses(): SharedCauses {
  const first = new Map<string, string | undefined>();
  return {
    shown(error, urn) {
      const cause = causeOf(error);
      if (cause === undefined) return error;
      const { key, sentence } = cause;
      if (!first.has(key)) first.set(key, urn);
      const told = first.get(key);
      if (told === undefined || told === urn) return error;
      return new Error(`The same as for "${showText(nameIn(told))}": ${sentence}. See there.`, {
        cause: error,
      });
    },
  };
}

/** A cause that is certainly that of every call: the caller or its account is not accepted, or the endpoint not reached. */
export function causeOf(error: unknown): { key: string; sentence: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === "CredentialsError") {
    const code = (error.cause as Partial<Fault> | undefined)?.code;
    return { key: `credentials ${code ?? error.message}`, sentence: "there are no credentials to sign with" };
  }
  if (error.name === "WrongAccount")
    return { key: error.message, sentence: "the credentials are for another account than accountId names" };
  const { service, action, code = "", route } = error as Error & Partial<Fault>;
  const shown = showText(code);
  if (faultKind(error) === "denied")
    return { key: code, sentence: `${service} refused ${action} (${shown})` };
  if (faultKind(error) !== "unreached") return undefined;
  return {
    key: unreachedKey(code, route),
    sentence: `${service} could not be reached (${shown}) for ${action}`,
  };
}

/** The key of a failure to reach an endpoint, by its code and the route to it. */
export const unreachedKey = (code: string, route: string | undefined): string => `${code} ${route}`;

/** What is used of an `ApiFault`, of which two copies of the package may be loaded. */
interface Fault {
  service: string;
  action: string;
  code: string;
  route: string;
}
