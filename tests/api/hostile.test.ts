import fc from "fast-check";
import { connect } from "../../provider/api/connect";
import { create } from "../../provider/lifecycle/create";
import { remove } from "../../provider/lifecycle/delete";
import type { Directory } from "../../provider/core/directory";
import { read, readAll, readDeclared } from "../../provider/lifecycle/read";
import { unpack } from "../../provider/core/state";
import { update } from "../../provider/lifecycle/update";
import type { Resource } from "../../provider/core/resource";
import type { Values, Wire } from "../../provider/core/wire";
import { scopeOf } from "../../provider/core/identity";
import { resources } from "../../provider/resources";
import { crashWords, hostileText, hostileValue, runs } from "../hostile";
import { lives } from "../resources/samples";
import { settingsFor } from "./account";
import { useGateway } from "./gateway";
import { passingClock } from "./passingClock";

const gateway = useGateway();

/** An answer that every action of a product can be content with. */
function rightAnswer(product: string, { UserId = "7", UserName = "alice", Username = "carol" }: Wire): Wire {
  const lists = {
    CustomFields: [{ FieldName: "age", FieldValue: "1" }],
    TwoFactorMethods: ["totp"],
    OrganizationalUnits: [{ OrganizationalUnitId: "ou_1" }],
    UserState: ["Normal"],
  };
  const times = { CreateDate: new Date().toISOString(), CreateTime: Date.now(), EffectiveStartTime: 0 };
  const user = { UserId, UserName, Username, PrimaryOrganizationalUnitId: "ou_1", ...lists, ...times };
  const page =
    product === "Ram" ? { Users: { User: [user] }, IsTruncated: false } : { Users: [user], TotalCount: 1 };
  const obstacles = {
    AccessKeys: { AccessKey: [{ AccessKeyId: "k" }] },
    Groups: { Group: [{ GroupName: "g" }] },
    Policies: { Policy: [{ PolicyName: "p", PolicyType: "System" }] },
    LoginProfile: {},
    MFADevice: {},
  };
  const settings = {
    OrganizationalUnit: { OrganizationalUnitId: "ou_1" },
    Config: { EnableTwoFactor: true },
  };
  return {
    RequestId: "r",
    UserId,
    User: user,
    Results: [{ Code: "OK" }],
    ...page,
    ...obstacles,
    ...settings,
  };
}

/** Puts another value at one of the places of an answer, or takes the place away. */
function bend(answer: unknown, place: number, value: unknown): unknown {
  const places: [holder: Record<string, unknown>, key: string][] = [];
  const collect = (holder: unknown): void => {
    if (holder === null || typeof holder !== "object") return;
    for (const [key, inner] of Object.entries(holder)) {
      places.push([holder as Record<string, unknown>, key]);
      collect(inner);
    }
  };
  collect(answer);
  const [holder, key] = places[place % places.length]!;
  if (value === undefined) delete holder[key];
  else holder[key] = value;
  return answer;
}

const codes = [
  "EntityNotExist.User",
  "UserNotFound",
  "ResourceNotFound.User",
  "UserAlreadyExists",
  "Throttling.User",
];

/** What comes of one call: the answer as it should be, one with another value in it, a refusal, or anything. */
const fate = fc.oneof(
  fc.constant({ how: "right" as const }),
  fc.record({
    how: fc.constant("bent" as const),
    place: fc.nat(200),
    value: fc.oneof(hostileValue, fc.constant(undefined)),
  }),
  fc.record({
    how: fc.constant("refused" as const),
    status: fc.constantFrom(200, 400, 403, 404, 500, 503),
    body: fc.record(
      {
        Code: fc.oneof(fc.constantFrom(...codes), hostileValue),
        Message: hostileValue,
        RequestId: hostileValue,
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    how: fc.constant("anything" as const),
    status: fc.constantFrom(200, 302, 404, 500),
    body: fc.oneof(hostileValue, hostileText),
  }),
);

const verbs: Record<
  string,
  (resource: Resource, directory: Directory, declared: Values, id: string) => Promise<unknown>
> = {
  create: (resource, directory, declared) => create(resource, { inputs: declared, directory }),
  adopt: (resource, directory, declared) =>
    create(resource, { inputs: { ...declared, adopt: true }, directory }),
  read: (resource, directory, outputs, id) => read(resource, { state: unpack(id, outputs), directory }),
  "read of everything": (resource, directory, _declared, id) => readAll(resource, id, directory),
  import: (resource, directory, _declared, id) => readDeclared(resource, id, directory),
  update: (resource, directory, outputs, id) =>
    update(resource, {
      state: unpack(id, outputs),
      inputs: { ...outputs, displayName: "Another" },
      ignored: [],
      directory,
    }),
  delete: (resource, directory, outputs, id) =>
    remove(resource, { state: unpack(id, { ...outputs, forceDestroy: true }), directory }),
  search: (_resource, directory) => directory.search({}),
};

/** A throttled call is sent again until this time is over, which passes at once here. */
const oneMinute = { ALICLOUD_MAX_RETRY_TIMEOUT: "60" };
const most = 300;

describe.each(resources)("answers of any shape about a $type", (resource) => {
  const { base } = lives[resource.type]!;
  const id = [...Object.values(scopeOf(resource, base)), "7"].join(":");

  test.each(Object.keys(verbs))(
    "end a %s in a result or in a sentence, after a bounded number of calls",
    async (verb) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 6 }), async (fates) => {
          gateway.received.length = 0;
          gateway.answersEach((params, before) => {
            const next = fates[before % fates.length]!;
            if (next.how === "anything" || next.how === "refused") return next;
            const right = rightAnswer(resource.service, params);
            return { body: next.how === "right" ? right : bend(right, next.place, next.value) };
          });
          const account = connect(settingsFor(gateway.url, oneMinute), { clock: passingClock() });
          const directory = account.directory(resource, scopeOf(resource, base), undefined);
          const outcome = await verbs[verb]!(resource, directory, base, id).catch((error: unknown) => error);
          expect(gateway.received.length).toBeLessThan(most);
          if (outcome instanceof Error) {
            expect(outcome.message).not.toMatch(crashWords);
            expect(outcome.message).not.toMatch(/[\p{Surrogate}\p{Cc}]/u);
            expect(outcome.message.length).toBeGreaterThan(20);
          }
          const made = (outcome as { id?: unknown } | undefined)?.id;
          if (made !== undefined) expect(made).not.toMatch(/undefined|NaN|\[object|:$|^$/);
        }),
        runs(25),
      );
    },
  );
});
