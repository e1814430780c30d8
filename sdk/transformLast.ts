import type * as pulumi from "@pulumi/pulumi";

/** What a transformation makes of a resource. */
export interface Transformed {
  props: pulumi.Inputs;
  opts: pulumi.CustomResourceOptions;
}

/** Where the SDK keeps the transformations of a resource while it calls them one after another; it is private. */
interface Holder {
  __transformations?: pulumi.ResourceTransformation[];
}

/**
 * A transformation to put at the end of a resource's own ones, which then runs behind those of its parents and of the
 * stack too, and for that resource alone.
 */
export function transformLast(
  transform: (declared: Transformed) => Transformed,
): pulumi.ResourceTransformation {
  const own: pulumi.ResourceTransformation = (declared) => {
    const list = (declared.resource as Holder).__transformations;
    const isLast = !list || list.at(-1) === own;
    if (!isLast) list.push(own);
    // Children inherit what stands in the list.
    else if (list) list.splice(0, list.length, ...list.filter((each) => each !== own));
    return isLast ? transform(declared) : undefined;
  };
  return own;
}
