import { serviceOf } from "../../provider/resources/services";
import type { Resource } from "../../provider/core/resource";
import { resources } from "../../provider/resources";
import { callsOf, carriersOf } from "./carriers";
import { onChange, onRemoval } from "./life";
import { notCalled, pages, spared } from "./pages";
import { code } from "./scene";
import { table } from "./table";

/** The rows of one page's table: the parameter, what carries it, and what becomes of that. */
export function rowsOfPage(
  resource: Resource,
  action: string,
  carriers: ReadonlyMap<string, string>,
): string[][] {
  return (pages[resource.service]?.[action] ?? "").split(" ").map((parameter) => {
    const reason = spared[`${resource.service} ${action} ${parameter}`];
    const carrier = carriers.get(`${action} ${parameter}`) ?? reason ?? "nothing";
    const name = /^`(\w+)`$/.exec(carrier)?.[1] ?? "";
    const row = resource.attributes[name];
    const life = row ? [onChange(resource, name, row), onRemoval(resource, name, row)] : ["–", "–"];
    return [code(parameter), carrier, ...life];
  });
}

const head = ["parameter", "carried by", "when it changes", "when it is taken out"];

/** The text of the file: this section, then a table for each page. */
export function everyPage(first: string): string {
  const sections = resources.flatMap((resource) => {
    const [calls, carriers] = [callsOf(resource), carriersOf(resource)];
    return Object.keys(pages[resource.service] ?? {}).map((action) => {
      const whens = calls.filter((call) => call.action === action).map(({ when }) => when);
      const title = `## ${serviceOf(resource.service).name} ${action}`;
      const sentOn = `Sent on: ${[...new Set(whens)].join("; ")}.`;
      return [title, sentOn, table(head, rowsOfPage(resource, action, carriers))].join("\n\n");
    });
  });
  const rest = notCalled.map(([product, actions, reason]) => `- ${product} ${actions}: ${reason}.`);
  return `${[introduction, first, ...sections, "## Not called", rest.join("\n")].join("\n\n")}\n`;
}

const introduction = `# Parameters

Every parameter on the vendor's pages of the operations that the provider calls, and what carries it: an attribute of
the program, or one of these. **identity**: the names in the resource's id; **region**: the option \`regionId\`, or the
configured region; **token**: made for each create, the same for every try of it.

\`npm run generate\` makes this page from the tables in \`provider/resources\`: the rows say which
parameters carry an attribute.`;
