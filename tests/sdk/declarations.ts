/* eslint-disable no-duplicate-imports -- a namespace and names of one module cannot be one import */
import * as pulumi from "@pulumi/pulumi";
import type {
  BastionhostUserArgs,
  EiamUserArgs,
  RamUserArgs,
  getEiamUsers,
  getRamUserOutput,
} from "../../sdk";
import * as dynamic from "../../sdk";
import { BastionhostUser, EiamUser, RamUser } from "../../sdk";
import * as plugin from "../../sdk/plugin";

// Nothing here is run; types.test.ts asks the compiler what it says to it.

/** Holds when both types are one and the same. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : "these types differ";

declare function same<A, B>(same: Same<A, B>): void;

const base = { instanceId: "i", source: "Local", userName: "bob", password: "Ab1!cdefg" } as const;
const carol = { instanceId: "i", username: "carol" } as const;

export function programsThatCompile(name: pulumi.Output<string>, secret: pulumi.Output<string>): void {
  new RamUser("alice", { userName: "alice" });
  new RamUser("alice", { userName: name, displayName: undefined, adopt: true, onDelete: "retain" });
  new RamUser(
    "alice",
    { userName: name, forceDestroy: true },
    { protect: true, ignoreChanges: ["comments"] },
  );
  new BastionhostUser("bob", { ...base, password: secret, twoFactorMethods: ["totp"], onDelete: "lock" });
  new BastionhostUser("bob", { ...base, effectiveStartTime: "2027-01-31", effectiveEndTime: 1_900_000_000 });
  new BastionhostUser("bob", { ...base, source: "AD", sourceUserId: name, regionId: "cn-shanghai" });
  new EiamUser("carol", { ...carol, customFields: { nick_name: name, age: "10" } });
  new EiamUser("carol", { ...carol, organizationalUnitIds: ["ou_a", name], locked: false });
  new EiamUser("carol", { ...carol, organizationalUnitIds: pulumi.output(["ou_a"]), status: "disabled" });
  new EiamUser("carol", {
    ...carol,
    passwordInitializationConfig: {
      passwordInitializationPolicyPriority: "custom",
      userNotificationChannels: ["email"],
    },
  });
  const ram = { userName: "alice" };
  const bastionhost = base;
  const eiam: EiamUserArgs = carol;
  new RamUser("alice", ram);
  new BastionhostUser("bob", bastionhost);
  new EiamUser("carol", eiam);
}

export function whatIsMissing(): void {
  // @ts-expect-error userName is required
  new RamUser("alice", {});
  // @ts-expect-error the arguments are required
  new RamUser("alice");
  // @ts-expect-error source is required
  new BastionhostUser("bob", { instanceId: "i", userName: "bob" });
  // @ts-expect-error username is required
  new EiamUser("carol", { instanceId: "i" });
  // @ts-expect-error the priority is required
  new EiamUser("carol", { ...carol, passwordInitializationConfig: { passwordInitializationType: "random" } });
}

export function whatOneSettingDemandsOfOthers(secret: pulumi.Output<string>, isStrict: boolean): void {
  const local = { instanceId: "i", source: "Local", userName: "bob" } as const;
  const ofRam = { ...local, source: "Ram" } as const;
  const twoFactorStatus = isStrict ? "Enable" : "Global";
  new BastionhostUser("bob", { ...local, password: secret });
  new BastionhostUser("bob", { ...local, adopt: true });
  new BastionhostUser("bob", { ...local, source: secret.apply(() => "Local" as const) });
  new BastionhostUser("bob", { ...ofRam, sourceUserId: secret });
  new BastionhostUser("bob", { ...base, twoFactorStatus: "Disable", languageStatus: "Global" });
  // @ts-expect-error a Local user needs a password
  new BastionhostUser("bob", local);
  // @ts-expect-error a user of RAM needs its id there
  new BastionhostUser("bob", ofRam);
  // @ts-expect-error a method is needed
  new BastionhostUser("bob", { ...base, twoFactorStatus: "Enable" });
  // @ts-expect-error a method may be needed
  new BastionhostUser("bob", { ...base, twoFactorStatus });
  new BastionhostUser("bob", { ...base, twoFactorStatus, twoFactorMethods: ["totp"] });
  // @ts-expect-error a language is needed
  new BastionhostUser("bob", { ...base, languageStatus: "Custom" });
}

export function whatAnAddressDemands(name: pulumi.Output<string>, some: string, perhaps?: "a@b.cn"): void {
  const reached = { email: "a@b.cn" };
  const called = { phoneNumber: "13900001234" };
  const verified = { emailVerified: true };
  const whole = { ...called, phoneRegion: "86", phoneNumberVerified: name.apply(() => true) };
  for (const EiamUser of [dynamic.EiamUser, plugin.EiamUser]) {
    new EiamUser("carol", { ...carol, ...reached, ...verified });
    new EiamUser("carol", { ...carol, ...whole });
    new EiamUser("carol", { ...carol, email: name, phoneNumber: name });
    new EiamUser("carol", {
      ...carol,
      email: perhaps,
      emailVerified: perhaps && true,
      phoneNumber: undefined,
    });
    // @ts-expect-error emailVerified is required with an email
    new EiamUser("carol", { ...carol, ...reached });
    // @ts-expect-error and with any text
    new EiamUser("carol", { ...carol, email: some });
    // @ts-expect-error and with one that may be there
    new EiamUser("carol", { ...carol, email: perhaps });
    // @ts-expect-error phoneRegion and phoneNumberVerified are required with a phoneNumber
    new EiamUser("carol", { ...carol, ...called });
    // @ts-expect-error phoneNumberVerified is required with a phoneNumber
    new EiamUser("carol", { ...carol, ...called, phoneRegion: "86" });
    // @ts-expect-error what belongs to the email does not do for the phone number
    new EiamUser("carol", { ...carol, ...reached, ...verified, ...called });
  }
}

export function whatThereIsNot(): void {
  // @ts-expect-error there is no such attribute
  new RamUser("alice", { userName: "alice", nickName: "Al" });
  // @ts-expect-error EIAM's spelling
  new RamUser("alice", { username: "alice" });
  // @ts-expect-error RAM's spelling
  new EiamUser("carol", { instanceId: "i", userName: "carol" });
  // @ts-expect-error RAM cannot lock a user
  new RamUser("alice", { userName: "alice", onDelete: "lock" });
  // @ts-expect-error only RAM has it
  new BastionhostUser("bob", { ...base, forceDestroy: true });
  // @ts-expect-error RAM has no region
  new RamUser("alice", { userName: "alice", regionId: "cn-shanghai" });
  // @ts-expect-error there is no such setting
  new EiamUser("carol", { ...carol, passwordInitializationConfig: { priority: "custom" } });
}

export function whatIsOfAnotherKind(): void {
  // @ts-expect-error a number
  new RamUser("alice", { userName: 7 });
  // @ts-expect-error an output of a number
  new RamUser("alice", { userName: pulumi.output(7) });
  // @ts-expect-error the casing of the page
  new BastionhostUser("bob", { ...base, source: "Ad" });
  // @ts-expect-error the page's mistranslation
  new BastionhostUser("bob", { ...base, twoFactorMethods: ["totp OTP"] });
  // @ts-expect-error the JSON text of the wire
  new BastionhostUser("bob", { ...base, twoFactorMethods: '["totp"]' });
  // @ts-expect-error a date of JavaScript
  new BastionhostUser("bob", { ...base, effectiveStartTime: new Date() });
  // @ts-expect-error no such country
  new BastionhostUser("bob", { ...base, mobileCountryCode: "XX" });
  // @ts-expect-error a text for a truth
  new BastionhostUser("bob", { ...base, locked: "true" });
  // @ts-expect-error EIAM locks users by itself
  new EiamUser("carol", { ...carol, locked: true });
  // @ts-expect-error custom fields are texts
  new EiamUser("carol", { ...carol, customFields: { age: 10 } });
  // @ts-expect-error no such status
  new EiamUser("carol", { ...carol, status: "locked" });
}

export function whatAProgramReads(alice: RamUser): void {
  same<RamUser["userName"], pulumi.Output<string>>(true);
  same<RamUser["displayName"], pulumi.Output<string | undefined>>(true);
  same<RamUser["userId"], pulumi.Output<string>>(true);
  same<RamUser["id"], pulumi.Output<pulumi.ID>>(true);
  same<RamUser["urn"], pulumi.Output<pulumi.URN>>(true);
  same<BastionhostUser["source"], pulumi.Output<"Local" | "Ram" | "AD" | "LDAP">>(true);
  same<BastionhostUser["effectiveStartTime"], pulumi.Output<number | undefined>>(true);
  same<BastionhostUser["locked"], pulumi.Output<boolean | undefined>>(true);
  same<BastionhostUser["password"], pulumi.Output<string | undefined>>(true);
  same<
    BastionhostUser["twoFactorMethods"],
    pulumi.Output<("sms" | "email" | "dingtalk" | "totp" | "gmusbkey")[] | undefined>
  >(true);
  same<EiamUser["customFields"], pulumi.Output<Record<string, string> | undefined>>(true);
  same<EiamUser["organizationalUnitIds"], pulumi.Output<string[] | undefined>>(true);
  same<EiamUser["status"], pulumi.Output<"enabled" | "disabled" | undefined>>(true);
  new BastionhostUser("bob", { ...base, source: "Ram", sourceUserId: alice.userId });
  // @ts-expect-error there is no such output
  void alice.nickName;
  // @ts-expect-error options are no outputs
  void alice.adopt;
  // @ts-expect-error outputs are not assigned
  alice.userName = pulumi.output("mallory");
}

export function whatThePluginTakes(name: pulumi.Output<string>): void {
  type ArgsOf<C extends new (name: string, args: never) => object> = ConstructorParameters<C>[1];
  same<ArgsOf<typeof plugin.RamUser>, ArgsOf<typeof RamUser>>(true);
  same<ArgsOf<typeof plugin.BastionhostUser>, ArgsOf<typeof BastionhostUser>>(true);
  same<ArgsOf<typeof plugin.EiamUser>, ArgsOf<typeof EiamUser>>(true);
  same<plugin.RamUserArgs, RamUserArgs>(true);
  same<plugin.BastionhostUserArgs, BastionhostUserArgs>(true);
  same<plugin.EiamUserArgs, EiamUserArgs>(true);
  same<plugin.EiamUser["customFields"], EiamUser["customFields"]>(true);
  const provider = new plugin.Provider("other", {
    region: name,
    endpoints: { ram: name },
    callsPerSecond: 5,
    clientReadTimeout: 60_000,
    maxRetryTimeout: 120,
  });
  new plugin.Provider("plain");
  new plugin.RamUser("alice", { userName: name }, { provider });
  // @ts-expect-error userName is required
  new plugin.RamUser("alice", {});
  // @ts-expect-error a Local user needs a password
  new plugin.BastionhostUser("bob", { instanceId: "i", source: "Local", userName: "bob" });
  // @ts-expect-error there is no such attribute
  new plugin.EiamUser("carol", { ...carol, nickName: "Caz" });
  // @ts-expect-error there is no such setting
  new plugin.Provider("other", { regionId: "cn-beijing" });
  // @ts-expect-error a number
  new plugin.Provider("other", { callsPerSecond: "5" });
}

export function whatThePluginFinds(id: pulumi.Output<string>): void {
  same<ReturnType<typeof plugin.getRamUserOutput>, ReturnType<typeof getRamUserOutput>>(true);
  same<ReturnType<typeof plugin.getEiamUsers>, ReturnType<typeof getEiamUsers>>(true);
  void plugin.getBastionhostUserOutput({ instanceId: "i", userId: id });
  // @ts-expect-error the instance is required
  void plugin.getBastionhostUser({ userId: "7" });
}
