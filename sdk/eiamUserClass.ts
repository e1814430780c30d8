import type * as pulumi from "@pulumi/pulumi";
import { eiamUser } from "../provider/resources/eiam/eiamUser";
import type { EiamUserArgs, EiamUserOutputs } from "./generated/types";
import type { Registration } from "./registration";
import { type UserClass, userClass } from "./userClass";

/** The class of EiamUser. The API takes an email address or a phone number only together with what belongs to it. */
export interface EiamUserClass extends Omit<UserClass<EiamUserArgs, EiamUserOutputs>, "new"> {
  /** Declares a user of an EIAM instance. */
  new <
    Email extends EiamUserArgs["email"] = EiamUserArgs["email"],
    PhoneNumber extends EiamUserArgs["phoneNumber"] = EiamUserArgs["phoneNumber"],
  >(
    name: string,
    args: EiamUserArgs &
      Given<Email, PhoneNumber> &
      RequiredBy<Email, "emailVerified"> &
      RequiredBy<PhoneNumber, "phoneRegion" | "phoneNumberVerified">,
    opts?: pulumi.CustomResourceOptions,
  ): pulumi.CustomResource & EiamUserOutputs;
}

/** The arguments whose values decide what is required. */
interface Given<Email, PhoneNumber> {
  email?: Email;
  phoneNumber?: PhoneNumber;
}

// A value that is known at run time alone, such as an output, requires nothing here; the provider checks it then.
type RequiredBy<Value, Names extends keyof EiamUserArgs> = [Value] extends [string]
  ? { [Name in Names]: EiamUserArgs[Name] }
  : unknown;

/** Returns the class of EiamUser for one way of registering it. @internal */
export function eiamUserClass(registration: Registration): EiamUserClass {
  return userClass<EiamUserArgs, EiamUserOutputs>(eiamUser, registration) as EiamUserClass;
}
