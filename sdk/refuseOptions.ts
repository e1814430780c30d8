import * as pulumi from "@pulumi/pulumi";
import { packageName, tokenOf } from "./packageName";
import type { DeclaredUser } from "./registration";

type Provider = pulumi.ProviderResource & { getPackage?(): string };

/** The package of Alibaba Cloud's own provider, whose `Provider` names an account too. */
const vendorPackage = "alicloud";

/** Throws where a dynamic user has an option that Pulumi has no use for in a dynamic resource. */
export function refuseDynamicOptions(user: DeclaredUser): void {
  const { opts, resource } = user;
  if (opts.import !== undefined)
    refuse(
      user,
      "Pulumi cannot import a dynamic resource. Remove the option import and set adopt: true, which takes the existing " +
        'user over, or import it with the class of "pulumi-alicloud-users/plugin".',
    );
  const own = packageOf(opts.provider);
  const inherited = opts.parent?.getProvider(tokenOf(resource.type));
  if (own === packageName || own === vendorPackage || inherited)
    refuse(
      user,
      `a dynamic resource cannot use the provider that ${own ? "it" : "its component"} is given; its account is that of the ` +
        'stack\'s configuration. Remove the provider, or use the class of "pulumi-alicloud-users/plugin" with a Provider from there.',
    );
}

/** Throws where a user of the plugin is given a provider of another package, with which Pulumi would do nothing. */
export function refusePluginOptions(user: DeclaredUser): void {
  if (packageOf(user.opts.provider) === vendorPackage)
    refuse(
      user,
      'the provider that it is given is one of "@pulumi/alicloud". Give it a Provider from "pulumi-alicloud-users/plugin".',
    );
}

function packageOf(provider: Provider | undefined): string | undefined {
  return provider?.getPackage?.();
}

/** Ends the program with a sentence about a user, without a trace. */
export function refuse({ name, resource }: DeclaredUser, reason: string): never {
  throw new pulumi.RunError(`${resource.type} ${JSON.stringify(name)}: ${reason}`);
}
