import { checkAccount } from "../../provider/api/auth/checkAccount";
import type { Account } from "../../provider/api/connect";
import type { Settings } from "../../provider/api/settings";
import { sts } from "../../provider/api/auth/sts";
import { routeOf } from "../../provider/api/proxyOf";
import { unreachedKey } from "../../provider/lifecycle/report/sharedCauses";
import { attempt, type CausedFinding, type Finding } from "./findings";
import { probe } from "./probe";

/** The clock difference that the APIs accept, and one that is worth a note; in milliseconds. */
const clockLimits = { refused: 15 * 60_000, noted: 60_000 };

const kinds: Readonly<Record<Settings["identity"]["from"], string>> = {
  keys: "an access key",
  profile: "a profile of the Alibaba Cloud CLI",
  uri: "a credentials URI",
  ecsRole: "the role of the ECS instance",
  oidc: "an OIDC token",
  machine: "the vendor's credentials chain",
};

/** Whose credentials sign, for which account, and in which region. */
export async function checkSignIn(settings: Settings, account: Account): Promise<CausedFinding[]> {
  const { identity, namedBy, role, region, regionNamedBy } = settings;
  const name = identity.from === "profile" ? ` "${identity.profile}"` : "";
  const assumed = role ? `, which assumes ${role.arn}` : "";
  const at = (subject: string) => ({ area: "sign-in", subject });
  return [
    {
      ...at("identity"),
      verdict: "ok",
      detail: `${kinds[identity.from]}${name}, named by ${namedBy}${assumed}`,
    },
    ...(await attempt(at("caller"), async () => {
      const { accessKeyId, accountId, arn } = await account.identify();
      return [
        accountFinding(settings, accountId),
        { ...at("caller"), verdict: "ok", detail: `${arn}, access key ${accessKeyId.slice(0, 8)}...` },
      ];
    })),
    { ...at("region"), verdict: "ok", detail: `${region} (${regionNamedBy})` },
  ];
}

/** The account of the credentials: as the settings name it, or with the command that names it. */
function accountFinding({ brakes: { accountIds }, namedBy }: Settings, accountId: string): Finding {
  const at = { area: "sign-in", subject: "account" };
  if (accountIds.length === 0) {
    const advice = `To let a stack reach no other account: pulumi config set alicloud-users:accountId ${accountId}`;
    return { ...at, verdict: "ok", detail: accountId, advice };
  }
  try {
    checkAccount(accountIds, { accountId, namedBy });
    return { ...at, verdict: "ok", detail: `${accountId}, as alicloud-users:accountId names it` };
  } catch (error) {
    return { ...at, verdict: "problem", detail: (error as Error).message };
  }
}

/** Whether the endpoints answer, how fast, through which proxy, and how far the clocks differ. */
export async function checkEndpoints(
  settings: Settings,
  wanted: readonly { product: string; region: string | undefined }[],
): Promise<CausedFinding[]> {
  const endpoints = wanted.map(({ product, region = settings.region }) => {
    const service = { ...settings.services, Sts: sts }[product] ?? sts;
    return { name: service.name, url: settings.endpoints[product] ?? service.endpoint(region) };
  });
  const distinct = [...new Map(endpoints.map((each) => [`${each.name} ${each.url}`, each])).values()];
  const found = await Promise.all(distinct.map((each) => checkEndpoint(each, settings.readTimeoutMs)));
  return found.flat();
}

async function checkEndpoint(
  { name, url }: { name: string; url: string },
  timeoutMs: number,
): Promise<CausedFinding[]> {
  const at = { area: "endpoints", subject: name };
  try {
    const { latencyMs, aheadMs, proxy } = await probe(url, timeoutMs);
    const through = proxy === undefined ? "" : ` through the proxy ${proxy}`;
    const clock = aheadMs === undefined ? [] : clockFinding(aheadMs);
    return [
      { ...at, verdict: "ok", detail: `${new URL(url).origin} answers in ${latencyMs} ms${through}` },
      ...clock,
    ];
  } catch (error) {
    const code = (error as Error).message;
    const detail = `${new URL(url).origin} cannot be reached (${code})`;
    const advice = "Check the network, the region, the endpoint, HTTPS_PROXY and NO_PROXY.";
    return [{ ...at, verdict: "problem", detail, advice, cause: unreachedKey(code, routeOf(url)) }];
  }
}

function clockFinding(aheadMs: number): Finding[] {
  const distance = Math.abs(aheadMs);
  if (distance < clockLimits.noted) return [];
  const detail = `this machine is ${Math.round(distance / 1000)} s ${aheadMs > 0 ? "ahead" : "behind"}`;
  const verdict = distance < clockLimits.refused ? "note" : "problem";
  const advice = "Set this machine's clock; the APIs accept 15 minutes of difference.";
  return [{ area: "endpoints", subject: "clock", verdict, detail, advice }];
}
