import { permissions } from "../../cli/doctor/permissions";
import { code, table } from "./table";

/** The page with the table of permissions between its marks. */
export function withPermissions(page: string): string {
  const rows = permissions.map(({ action, jobs, purpose }) => [code(action), jobs.join(", "), purpose]);
  const marked = /<!-- permissions -->[\s\S]*<!-- \/permissions -->/;
  return page.replace(
    marked,
    () => `<!-- permissions -->\n\n${table(["action", "jobs", "what for"], rows)}\n\n<!-- /permissions -->`,
  );
}
