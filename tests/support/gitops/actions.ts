/** The actions of the example's workflows, by the commit of a release. */
export const actions = [
  "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683",
  "actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020",
  "pulumi/actions@8e5e406f4007fca908480587cb9893c07090f58d",
];
