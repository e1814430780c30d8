import { showText } from "../core/showText";
import { settings } from "./settingsTable";

const namespace = "alicloud-users";
const settingNames = Object.keys(settings);

/** What Pulumi itself adds to the inputs of a provider. */
const ofPulumi = /^(__.*|version|pluginDownloadURL)$/;

/**
 * Throws a sentence when one of these full names (`alicloud-users:region`) is in the package's own namespace and no
 * setting. In a project of the same name they may be the program's own, which nobody can tell apart.
 */
export function refuseStrangers(names: readonly string[], project: string | undefined): void {
  if (project === namespace) return;
  const own = names.flatMap((name) =>
    name.startsWith(`${namespace}:`) ? name.slice(namespace.length + 1) : [],
  );
  const stranger = own.find((name) => !ofPulumi.test(name) && !settingNames.includes(name));
  if (stranger === undefined) return;
  const [nearest] = settingNames
    .map((name) => ({ name, distance: distanceOf(name.toLowerCase(), stranger.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  const isNear = nearest !== undefined && nearest.distance <= Math.max(2, nearest.name.length / 3);
  const meant = isNear
    ? `Did you mean ${namespace}:${nearest.name}?`
    : `The settings are ${settingNames.join(", ")}.`;
  throw new Error(
    `There is no setting ${namespace}:${showText(stranger)}. ${meant} Take out the wrong one, from the stack's configuration ` +
      `with: pulumi config rm ${namespace}:${showText(stranger)}`,
  );
}

/** How many letters have to be changed, added or left out to make one word of the other. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [to, wanted] of [...other].entries())
      next.push(
        Math.min(
          (row[to] as number) + (letter === wanted ? 0 : 1),
          (row[to + 1] as number) + 1,
          (next[to] as number) + 1,
        ),
      );
    row = next;
  }
  return row.at(-1) as number;
}
