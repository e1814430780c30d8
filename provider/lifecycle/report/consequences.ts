import type { Difference } from "../../core/diff";
import { nameAttributeOf } from "../../core/identity";
import { findObstacle } from "../delete";
import { swapAdvice } from "../update";
import { showText, showValue } from "../../core/showText";
import type { ResourceState } from "../../core/state";
import type { Values } from "../../core/wire";
import { findOther } from "../creation/accountLook";
import { directoryOf, type ProviderContext } from "../context";
import type { Owner } from "../owners";
import { named, staysLater, staysReplaced } from "./sentences";

/** A user that was compared. */
interface ComparedUser extends Owner {
  state: ResourceState;
  inputs: Values;
  declaredCount: number | undefined;
}

/** Says on the resource's row what these differences of a user lead to, where the values alone do not show it. */
export async function reportConsequences(
  context: ProviderContext,
  request: ComparedUser,
  differences: readonly Difference[],
): Promise<void> {
  const { urn, inputs } = request;
  const isChanged = differences.some(({ attribute }) => attribute === "onDelete");
  const stays = isChanged ? staysLater(inputs.onDelete) : undefined;
  if (stays !== undefined) await context.report.info(urn, stays);
  if (differences.some(({ replace }) => replace)) return reportReplacement(context, request);
  const nameField = nameAttributeOf(request.resource);
  const isRenamed = differences.some(({ attribute, leftAlone }) => attribute === nameField && !leftAlone);
  if (isRenamed) await reportTakenName(context, request);
}

/** What becomes of the old user: it stays where the state says so, and may have what keeps the API from deleting it. */
async function reportReplacement(context: ProviderContext, request: ComparedUser): Promise<void> {
  const { resource, urn, state } = request;
  const user = named(state.values[nameAttributeOf(resource)], state.id);
  const stays = staysReplaced(user, state.values.onDelete);
  if (stays !== undefined) return context.report.info(urn, stays);
  const directory = directoryOf(context, resource, state.id, state.values);
  const obstacle = await findObstacle(resource, { state, directory }).catch(() => undefined);
  if (obstacle !== undefined)
    await context.report.warning(
      urn,
      `replacement: ${user} has ${obstacle}, so its delete will fail. Remove them, or set forceDestroy: true and run pulumi up before.`,
    );
}

/** A rename meets whoever has the name today, which the other user may give up only in the same run. */
async function reportTakenName(context: ProviderContext, request: ComparedUser): Promise<void> {
  const { resource, urn, state, inputs, declaredCount } = request;
  const directory = () => directoryOf(context, resource, state.id, inputs);
  const asked = { resource, values: inputs, directory, declaredCount, id: state.id };
  const other = await findOther(context.look, asked);
  if (other === undefined) return;
  const name = showValue(inputs[nameAttributeOf(resource)]);
  await context.report.warning(
    urn,
    `the name ${name} belongs to the user ${showText(other)} today. ${swapAdvice}`,
  );
}
