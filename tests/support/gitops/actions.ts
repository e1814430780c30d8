/** The actions of the example's workflows, by the commit of a release. */
export const actions = [
  "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1",
  "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020",
  "pulumi/actions@8e5e406f4007fca908480587cb9893c07090f58d",
];
