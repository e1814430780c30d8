import { callerOf, useEmulator } from "./emulatorCalls";

const emulator = useEmulator();
const ram = callerOf(emulator, "Ram");
const bastionhost = callerOf(emulator, "Bastionhost", { InstanceId: "bastionhost-cn-demo0001" });
const eiam = callerOf(emulator, "Eiam", { InstanceId: "idaas_demo0001" });
const count = 10_000;

async function seedAll(): Promise<void> {
  const snapshot = await emulator.control.snapshot();
  const numbers = Array.from({ length: count }, (_none, at) => at + 1);
  const root = snapshot.eiam.instances[0]!.rootOrganizationalUnitId;
  const units = { primaryOrganizationalUnitId: root, organizationalUnitIds: [root] };
  await emulator.control.restore({
    ram: { ...snapshot.ram, users: numbers.map((n) => ({ userId: String(n), userName: `user${n}` })) },
    bastionhost: {
      instances: [
        {
          ...snapshot.bastionhost.instances[0]!,
          users: numbers.map((n) => ({ userId: String(n), userName: `user${n}` })),
        },
      ],
    },
    eiam: {
      instances: [
        {
          ...snapshot.eiam.instances[0]!,
          users: numbers.map((n) => ({
            userId: `user_${n}`,
            username: `user${n}`,
            userExternalId: `user_${n}`,
            userSourceId: "idaas_demo0001",
            ...units,
          })),
        },
      ],
    },
  });
}

/** The median of the milliseconds that a call takes. */
async function median(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 15; n += 1) {
    const started = performance.now();
    await call();
    times.push(performance.now() - started);
  }
  return times.sort((left, right) => left - right)[7]!;
}

describe("with 10,000 users in each product", () => {
  test("answers a page in well under a tenth of a second, the last one too", async () => {
    await seedAll();
    const pages = {
      ram: await median(() => ram("ListUsers", { MaxItems: "1000" })),
      bastionhost: await median(() => bastionhost("ListUsers", { PageNumber: "100", PageSize: "100" })),
      eiam: await median(() => eiam("ListUsers", { PageNumber: "100", PageSize: "100" })),
      one: await median(() => ram("GetUser", { UserName: "user10000" })),
    };
    for (const milliseconds of Object.values(pages)) expect(milliseconds).toBeLessThan(100);
  });

  test("pages through all of them once, in order", async () => {
    await seedAll();
    const seen: string[] = [];
    let marker: string | undefined = "";
    for (let pages = 0; pages < 10 && marker !== undefined; pages += 1) {
      const params: Record<string, string> = marker === "" ? {} : { Marker: marker };
      const { body } = await ram("ListUsers", { MaxItems: "1000", ...params });
      const page = body as { Marker?: string; Users: { User: { UserName: string }[] } };
      seen.push(...page.Users.User.map((user) => user.UserName));
      marker = page.Marker;
    }
    expect(seen).toEqual(Array.from({ length: count }, (_none, at) => `user${at + 1}`));
  });
});

test("serves many at once and makes each user once", async () => {
  const names = Array.from({ length: 200 }, (_none, at) => `user${at % 100}`);
  const replies = await Promise.all(names.map((UserName) => ram("CreateUser", { UserName })));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(100);
  expect(replies.filter(({ status }) => status === 409)).toHaveLength(100);
  expect((await emulator.control.snapshot()).ram.users).toHaveLength(100);
});
