import type { Directory } from "../core/directory";
import type { Wire } from "../core/resource";
import type { OpenSts } from "./assumeRole";
import type { ClientOptions, Send } from "./client";
import { createClient } from "./client";
import type { Clock } from "./clock";
import { machineClock } from "./clock";
import { credentialsOf } from "./credentials";
import type { Governor } from "./governor";
import { createGovernor } from "./governor";
import type { Product } from "./products";
import { productOf } from "./products";
import { longestAskedOf } from "./retry";
import { createRoster } from "./roster";
import type { Settings } from "./settings";
import { sts } from "./sts";

/** The account, as one process sees it: its directories share credentials, connections and call rates. */
export interface Account {
  /** How many users one run may delete or lock out, where the user sets a limit. */
  readonly maxDeletes: number | undefined;
  /** The users of one directory of a product: `{}` for RAM, `{InstanceId}` for the others. */
  directory(product: string, scope: Wire, region: string | undefined): Directory;
  /** Asks STS whose credentials sign. */
  identify(): Promise<Caller>;
}

/** Whose credentials sign. */
export interface Caller {
  accessKeyId: string;
  accountId: string;
  /** The ARN of the RAM user or of the session of a role; that of the account itself for its own key. */
  arn: string;
}

/** What a connection needs besides its settings. */
export interface ConnectOptions {
  /** Told in a sentence that calls are held back for long. */
  notice?: (sentence: string) => void;
  clock?: Clock;
  /** Ends all waits. */
  cancel?: AbortSignal;
  /** Stands between a directory and the sender of its product; what it lets through is sent. */
  guard?: (product: Product, send: Send) => Send;
}

/** Makes the account's directories, each once. Nothing is sent before the first read or write. */
export function connect(
  settings: Settings,
  { notice = () => {}, clock = machineClock, cancel, guard = (_product, send) => send }: ConnectOptions = {},
): Account {
  const { region, readTimeoutMs, retryTimeoutMs } = settings;
  const shared = { clock, notice, cancel, readTimeoutMs, retryTimeoutMs };
  const openSts: OpenSts = (by: ClientOptions["credentials"] = async () => undefined) =>
    createClient({
      ...{ ...shared, product: sts, region, endpoint: settings.endpoints.Sts ?? sts.endpoint(region) },
      ...{ credentials: by, governor: createGovernor(undefined, clock) },
    });
  const credentials = credentialsOf(settings, { openSts, clock });
  const clients = new Map<string, Send>();
  const governors = new Map<string, Governor>();
  const directories = new Map<string, Directory>();

  const client = (name: string, region: string): Send => {
    const product = productOf(name);
    const endpoint = settings.endpoints[name] ?? product.endpoint(region);
    const governor = once(governors, name, () =>
      createGovernor(
        settings.callsPerSecond[name] ?? product.callsPerSecond,
        clock,
        longestAskedOf(retryTimeoutMs),
      ),
    );
    return once(clients, `${name} ${region} ${endpoint}`, () =>
      createClient({
        ...shared,
        ...{ product, endpoint, region, credentials, governor },
      }),
    );
  };

  return {
    maxDeletes: settings.maxDeletes,
    async identify() {
      const { accessKeyId } = await credentials();
      const answer = await openSts(credentials)({ action: "GetCallerIdentity", params: {} });
      return { accessKeyId, accountId: String(answer.AccountId), arn: String(answer.Arn) };
    },
    directory(name, scope, region = settings.region) {
      const key = JSON.stringify([name, scope, region]);
      return once(directories, key, () => {
        const product = productOf(name);
        return createRoster(product, scope, guard(product, client(name, region)), clock);
      });
    },
  };
}

function once<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
