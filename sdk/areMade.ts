import * as pulumi from "@pulumi/pulumi";
import * as dependencies from "@pulumi/pulumi/runtime/dependsOn";

type DependsOn = pulumi.InvokeOutputOptions["dependsOn"];

/** What Pulumi's own look-ups wait with; both functions are private, so their types are not published. */
const { gatherExplicitDependencies, getAllTransitivelyReferencedResources } = dependencies as unknown as {
  gatherExplicitDependencies(dependsOn: DependsOn): Promise<pulumi.Resource[]>;
  getAllTransitivelyReferencedResources(
    resources: Set<pulumi.Resource>,
    exclude: Set<pulumi.Resource>,
  ): Promise<pulumi.Resource[]>;
};

/**
 * Whether the resources that a value comes from exist, and the named ones, those of components with them. In a preview, one
 * that is to be created does not, although some of its outputs are known.
 */
export async function areMade(value: pulumi.Output<unknown>, dependsOn: DependsOn): Promise<boolean> {
  const sources = await pulumi.getAllResources(value);
  const named = await gatherExplicitDependencies(dependsOn);
  const resources = await getAllTransitivelyReferencedResources(new Set([...sources, ...named]), new Set());
  const known = await Promise.all(resources.map(isMade));
  return known.every(Boolean);
}

function isMade(resource: pulumi.Resource): Promise<boolean> | boolean {
  // A resource of another process is known by its URN alone, and exists.
  const { id } = resource as Partial<pulumi.CustomResource>;
  return id === undefined || (id as unknown as { isKnown: Promise<boolean> }).isKnown;
}
