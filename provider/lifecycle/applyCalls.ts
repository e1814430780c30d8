import type { Directory } from "../core/directory";
import { userIdOf } from "../core/identity";
import type { PlannedCall } from "../core/plan";
import type { Resource } from "../core/resource";
import type { Wire } from "../core/wire";

/** What planned calls have done, up to the first that failed. */
export interface ApplyResult {
  /** The attributes that the account holds as declared now. */
  covers: string[];
  /** The user as the last answer shows it that shows one. */
  user: Wire | undefined;
  /** What the failed call threw. */
  fault: unknown;
}

/** Sends planned calls for the user with this id in order. Stops at the first fault, which it returns. */
export async function applyCalls(
  resource: Resource,
  id: string,
  calls: readonly PlannedCall[],
  directory: Directory,
): Promise<ApplyResult> {
  const result: ApplyResult = { covers: [], user: undefined, fault: undefined };
  const userId = userIdOf(resource, id);
  for (const { covers, ...call } of calls) {
    try {
      const answer = await directory.call(call);
      result.user = resource.read.from(answer) ?? result.user;
      result.covers.push(...covers);
    } catch (fault) {
      return { ...result, fault };
    } finally {
      directory.invalidate(userId);
    }
  }
  return result;
}
