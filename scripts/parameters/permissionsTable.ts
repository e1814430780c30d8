import { permissions, policyPrefix } from "../../cli/doctor/permissions";
import { table } from "./table";

/** The page with the table of permissions between its marks. */
export function withPermissions(page: string): string {
  const rows = permissions.map(({ product, action, jobs, purpose }) => [
    `\`${policyPrefix[product]}:${action}\``,
    jobs.join(", "),
    purpose,
  ]);
  const marked = /<!-- permissions -->[\s\S]*<!-- \/permissions -->/;
  return page.replace(
    marked,
    () => `<!-- permissions -->\n\n${table(["action", "jobs", "what for"], rows)}\n\n<!-- /permissions -->`,
  );
}
