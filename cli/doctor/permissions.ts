import { callsOf, type KnownCall } from "../../provider/core/calls";
import { resources } from "../../provider/resources";
import { serviceOf } from "../../provider/resources/services";

/** What a caller does with the account: `drift` is `alicloud-users drift`. */
export const jobs = ["preview", "up", "drift"] as const;
export type Job = (typeof jobs)[number];

/** The jobs that make the calls of a stage. */
const jobsOf: Readonly<Record<KnownCall["stage"], readonly Job[]>> = {
  read: jobs,
  judge: ["preview", "up"],
  write: ["up"],
};

/** An action that the provider calls, for which jobs, and why. */
export interface Permission {
  service: string;
  /** As a RAM policy names the action. */
  action: string;
  jobs: readonly Job[];
  purpose: string;
}

/** Every action that the provider calls. */
export const permissions: readonly Permission[] = resources.flatMap((resource) =>
  callsOf(resource).map(({ action, stage, purpose }) => {
    const { service } = resource;
    return { service, action: `${serviceOf(service).policyPrefix}:${action}`, jobs: jobsOf[stage], purpose };
  }),
);

/** The least RAM policy for these services and jobs. */
export function policyOf(services: readonly string[], wanted: readonly Job[]): object {
  const statements = services.map((service) => ({
    Effect: "Allow",
    Action: permissions
      .filter((each) => each.service === service && each.jobs.some((job) => wanted.includes(job)))
      .map(({ action }) => action),
    Resource: "*",
  }));
  return { Version: "1", Statement: statements };
}
