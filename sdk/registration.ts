import type * as pulumi from "@pulumi/pulumi";
import type { Resource } from "../provider/core/resource";

/** A resource as a program declares it. */
export interface DeclaredUser {
  name: string;
  resource: Resource;
  args: Record<string, unknown>;
  opts: pulumi.CustomResourceOptions;
}

/** How users are registered with the engine: as dynamic resources, or as resources of the plugin. */
export interface Registration {
  typeOf(resource: Resource): string;
  /** Runs before each user is registered. */
  prepare?(): void;
  /** Throws where the options of a user are not for this way. */
  refuse?(user: DeclaredUser): void;
  /** The hidden inputs that go with the declared ones. */
  hiddenInputs?(user: DeclaredUser): Record<string, unknown>;
  /** Options of every user, unless the program sets them. */
  opts?: pulumi.CustomResourceOptions;
}
