import { showValue } from "../../provider/core/showText";
import type { ReportedAttribute } from "./report";

/** How a change reads, in a report as in a preview: `up` puts the right value in place of the left one. */
export const changeLegend = "account => program";

/** What differs of an attribute: `"Hacked" => "User 1"`. */
export function changeOf({ live, declared }: Pick<ReportedAttribute, "live" | "declared">): string {
  return `${showValue(live)} => ${showValue(declared)}`;
}
