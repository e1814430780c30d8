import { diff, type Difference, newlyDeclared, withReplacement } from "../core/diff";
import type { ReadOptions } from "./read";
import { findRequest } from "../core/findRequest";
import type { Values } from "../core/wire";
import type { Resource } from "../core/resource";
import { nameAttributeOf } from "../core/identity";
import { entryOf } from "../core/values";
import type { ResourceState } from "../core/state";
import { findOther } from "./creation/accountLook";
import { reportConsequences } from "./report/consequences";
import { directoryOf, type ProviderContext } from "./context";
import type { Owner } from "./owners";
import { placeOf } from "./resourceNames";
import { reportTo } from "./report/report";
import { recreatedAdvice } from "./report/sentences";
import { showText } from "../core/showText";

/** A user of the state and what the program declares now. */
export interface DiffRequest extends Owner {
  state: ResourceState;
  /** The attributes that the program kept secret when the state was written. */
  secretsBefore: readonly string[];
  inputs: Values;
  /** The attributes that the program keeps secret now. */
  secrets: readonly string[];
  /** The attributes that `ignoreChanges` names. */
  ignored: readonly string[];
  /** The attributes whose change replaces the user, where the engine leaves that to the provider. */
  replaceOnChanges: readonly string[];
  /** How many users of the directory the program declares, where that is known; see `FindRequest`. */
  declaredCount: number | undefined;
  /** The inputs that the engine shows as the old ones. An attribute that neither they nor the account have needs no update. */
  oldInputs?: Values;
}

const silentReport = reportTo(async () => {});

/** What an update would change. */
export interface DiffResult {
  /** Whether an update or a replacement is needed. */
  changes: boolean;
  /** The attributes that replace the user. It is deleted first, since no two users may have the same name. */
  replaces: string[];
  differences: Difference[];
}

/**
 * Compares the user in the account with what is declared, and reports each difference on the resource's row. In the
 * comparison of a refresh, which knows no program, it reports nothing: the engine shows what has changed.
 */
export async function diffUser(run: ProviderContext, request: DiffRequest): Promise<DiffResult> {
  const isRefresh = request.urn !== undefined && run.undeclared.has(request.urn);
  const context = isRefresh ? { ...run, report: silentReport } : run;
  const { resource, urn, state, secrets, secretsBefore } = request;
  await noteShared(context, request);
  context.owners().refuseSecond(request, state.id);
  const found = await differencesOf(context, request);
  await context.missing.noteCompared(urn, found === undefined, request.declaredCount);
  context.owners().noteLeft(request);
  context.removalOptions.note(request, request.inputs, state.id);
  context.journals.noteRecorded(request, state.id);
  const nameField = nameAttributeOf(resource);
  if (found === undefined) {
    await reportMissing(context, request);
    return { changes: true, replaces: [nameField], differences: [] };
  }
  const differences = withReplacement(
    found.filter((difference) => hasEffect(difference, request.oldInputs)),
    request.replaceOnChanges,
  );
  const replacing = differences.filter(({ replace }) => replace).map(({ attribute }) => attribute);
  if (replacing.length === 0) context.owners().noteKept(request, state);
  await context.report.differences(urn, differences, [...secretsBefore, ...secrets]);
  if (replacing.length > 0) await context.report.replaced(urn, resource, replacing);
  await reportConsequences(context, request, differences);
  const differing = found.map(({ attribute }) => attribute);
  const newlySecret = secrets.filter(
    (name) => name in state.values && ![...secretsBefore, ...differing].includes(name),
  );
  await context.report.newlySecret(urn, newlySecret);
  const paths = found.map(({ path }) => path);
  const added = newlyDeclared(resource, request).filter((path) => !paths.includes(path));
  await context.report.newlyDeclared(urn, added);
  return {
    changes: [differences, newlySecret, added].some(({ length }) => length > 0),
    replaces: [...new Set(replacing)],
    differences,
  };
}

/** The line about a user that is gone: `up` creates it again, or meets one that somebody made under its name. */
async function reportMissing(context: ProviderContext, request: DiffRequest): Promise<void> {
  const { resource, urn, state, inputs, declaredCount } = request;
  const nameField = nameAttributeOf(resource);
  const name = state.values[nameField];
  const directory = () => directoryOf(context, resource, inputs, inputs);
  const isRenamed = name !== inputs[nameField];
  const other = isRenamed
    ? undefined
    : await findOther(context.look, { resource, values: inputs, directory, declaredCount, id: state.id });
  context.spentAdoptions.note(request, state.id);
  context.look.noteGone(request, { id: state.id, name, isTold: true });
  const then = other === undefined ? "it will be recreated" : recreatedAdvice(other, inputs.adopt);
  await context.report.missing(urn, name, { id: state.id, then });
}

/** Notes that the resource has its user where another one has taken it over, and says so of another stack. */
async function noteShared(context: ProviderContext, request: DiffRequest): Promise<void> {
  const { resource, urn, state } = request;
  if (!context.owners().isDeclared(request)) return;
  if (state.imported && state.claim !== undefined)
    await context.claims.takeImported(request, state.id, state.claim);
  const claim = context.claims.share(request, state.id, state.claim);
  if (claim === undefined) return;
  await context.report.warning(
    urn,
    `${resource.type} ${showText(state.id)} is the user of two stacks: ${placeOf(claim.urn)} has taken it over. Neither deletes it while ` +
      "both have it. Take it out of one of the two, out of the program and with pulumi state delete.",
  );
}

/** The differences, from the user that this run has read if it has; undefined when the account has no such user. */
async function differencesOf(
  context: ProviderContext,
  request: DiffRequest,
): Promise<Difference[] | undefined> {
  const { resource, state, inputs, ignored, declaredCount } = request;
  const user = context.usersRead.get(resource, state.id);
  if (user) return diff(resource, { state, inputs, ignored, user });
  const directory = directoryOf(context, resource, state.id, inputs);
  return diffLive(resource, { state, inputs, ignored, directory, declaredCount });
}

function hasEffect({ from, to, attribute, key }: Difference, oldInputs: Values | undefined): boolean {
  if (from !== undefined || to !== undefined || oldInputs === undefined) return true;
  return inputOf(oldInputs, attribute, key) !== undefined;
}

/** The value of an attribute in these inputs, or of one key of it. */
export function inputOf(inputs: Values, attribute: string, key: string | undefined): unknown {
  const value = entryOf(inputs, attribute);
  return key === undefined ? value : entryOf(value, key);
}

/** A comparison of a user of a state with the live user. */
export interface DiffOptions extends ReadOptions {
  inputs: Values;
  /** Attributes, or `attribute.key`, whose changes are ignored; "*" for all. */
  ignored: readonly string[];
}

/** Reads the user and returns where it differs from what is declared. Returns nothing when there is no such user. */
export async function diffLive(
  resource: Resource,
  { state, inputs, ignored, directory, declaredCount }: DiffOptions,
): Promise<Difference[] | undefined> {
  const user = await directory.find(findRequest(resource, { state, inputs, declaredCount }));
  return user && diff(resource, { state, inputs, ignored, user });
}
