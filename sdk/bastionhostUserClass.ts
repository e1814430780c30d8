import type * as pulumi from "@pulumi/pulumi";
import { bastionhostUser } from "../provider/resources/bastionhost/bastionhostUser";
import type { BastionhostUserArgs, BastionhostUserOutputs } from "./generated/types";
import type { Registration } from "./registration";
import { type UserClass, userClass } from "./userClass";

/** The class of BastionhostUser. A value in plain words may require another argument, as the rules of the resource say. */
export interface BastionhostUserClass extends Omit<
  UserClass<BastionhostUserArgs, BastionhostUserOutputs>,
  "new"
> {
  /** Declares a user of a bastion host. */
  new <
    Source extends BastionhostUserArgs["source"] = BastionhostUserArgs["source"],
    Adopt extends BastionhostUserArgs["adopt"] = BastionhostUserArgs["adopt"],
    TwoFactorStatus extends BastionhostUserArgs["twoFactorStatus"] = BastionhostUserArgs["twoFactorStatus"],
    LanguageStatus extends BastionhostUserArgs["languageStatus"] = BastionhostUserArgs["languageStatus"],
  >(
    name: string,
    args: BastionhostUserArgs &
      Given<Source, Adopt, TwoFactorStatus, LanguageStatus> &
      RequiredBySource<Source, Adopt> &
      RequiredByTwoFactorStatus<TwoFactorStatus> &
      RequiredByLanguageStatus<LanguageStatus>,
    opts?: pulumi.CustomResourceOptions,
  ): pulumi.CustomResource & BastionhostUserOutputs;
}

/** The arguments whose values decide what is required. */
interface Given<Source, Adopt, TwoFactorStatus, LanguageStatus> {
  source: Source;
  adopt?: Adopt;
  twoFactorStatus?: TwoFactorStatus;
  languageStatus?: LanguageStatus;
}

type With<Name extends keyof BastionhostUserArgs> = Required<Pick<BastionhostUserArgs, Name>>;

// A value that may be another one at run time, such as an output, requires nothing here; the provider checks it then.
type RequiredBySource<Source, Adopt> = [Source] extends ["Local"]
  ? [Adopt] extends [true | string]
    ? unknown
    : With<"password">
  : [Source] extends ["Ram" | "AD" | "LDAP"]
    ? With<"sourceUserId">
    : unknown;

type RequiredByTwoFactorStatus<Status> = [Status] extends ["Global" | "Disable" | undefined]
  ? unknown
  : [Status] extends [string | undefined]
    ? With<"twoFactorMethods">
    : unknown;

type RequiredByLanguageStatus<Status> = [Status] extends ["Global" | undefined]
  ? unknown
  : [Status] extends [string | undefined]
    ? With<"language">
    : unknown;

/** Returns the class of BastionhostUser for one way of registering it. @internal */
export function bastionhostUserClass(registration: Registration): BastionhostUserClass {
  return userClass<BastionhostUserArgs, BastionhostUserOutputs>(
    bastionhostUser,
    registration,
  ) as BastionhostUserClass;
}
