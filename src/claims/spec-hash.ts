import { hashOf } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import { type Catalog, kindOf, measuresOf, methodOf, neededBy } from '../lab/catalog.ts';
import { changedSince, codeHash, ownFile } from '../lab/code.ts';
import { MAKE_ARM } from '../lab/make-arm.ts';
import { MAKE_BASE } from '../lab/make-base.ts';
import { MAKE_READING } from '../lab/make-reading.ts';
import type { Configuration } from '../project/configuration.ts';
import { projectPath, setupNamed } from '../project/project.ts';
import type { Arm } from '../train/arm.ts';
import { tuningOf } from '../train/check.ts';
import { isExplorable } from '../world/factors.ts';
import type { Setup } from '../world/knobs.ts';
import type { WorldKind } from '../world/world.ts';
import { type Declared, type Drawing, isClaim } from './declared.ts';
import { PREMISE_RULES } from './judging.ts';
import { bySetupName } from './placed.ts';
import { STANDARD_BASE_MEASURE, STANDARD_MEASURES } from './reading.ts';
import type { Spec } from './spec.ts';
import { armsAtTargets } from './targets.ts';
import { ALPHA } from './verdict.ts';

/** The files of this package that decide what a claim comes to, from the numbers that were read; what they import is covered, too. */
export const DECIDING: readonly string[] = [
  // From what was asked for to what the store is asked for, and from there to the verdict.
  ...['lab/lineage', 'lab/observed', 'claims/judged', 'claims/family'],
  // What hypothesis files say arms and estimates with.
  ...['train/arms', 'measure/observation', 'measure/forced', 'measure/matching', 'stats/index'],
];

/** Arms, and those that they need, and so on. */
const withNeeded = (catalog: Catalog, arms: readonly Arm[]): Arm[] =>
  arms.flatMap((arm) => [arm, ...withNeeded(catalog, neededBy(catalog, arm))]);

/** What a setup says to these arms: its knobs of tuning are those that they or `knobs` name. */
function setupFor(
  catalog: Catalog,
  arms: readonly Arm[],
  { world, model, pretraining, tuning }: Setup,
  knobs: Drawing['knobs'],
): object {
  const named = knobs.map((knob) => [knob, tuning[knob]]);
  const used = withNeeded(catalog, arms).map((arm) => tuningOf(tuning, methodOf(catalog, arm), arm));
  return { world, model, pretraining, tuning: Object.assign(Object.fromEntries(named), ...used) };
}

/** The code that makes and reads the runs that arms stand for, but for the engine, which computes the same within rounding. */
function measuringRoots(
  catalog: Catalog,
  kind: WorldKind,
  arms: readonly Arm[],
  measures: readonly string[],
): string[] {
  const methods = withNeeded(catalog, arms).map((arm) => methodOf(catalog, arm));
  const { arms: read, bases } = measuresOf(catalog, kind);
  const used = read.filter(({ id }) => measures.includes(id));
  const premises = bases.filter(({ id, isPlayed }) => isPlayed !== undefined || id === STANDARD_BASE_MEASURE);
  return [MAKE_BASE, MAKE_ARM, MAKE_READING, ...[kind, ...methods, ...used, ...premises].map(({ file }) => file)];
}

/**
 * Hash of what makes a claim the claim that it is: its files and what they import from beside this package, as they were loaded,
 * what the setup says to its arms, the code that makes, reads and judges its numbers with the versions of its packages, and the
 * rules that the harness adds; of a claim about setups also how these are drawn, and what their kind of world lets be turned.
 * Throws `InputError` where a file is another by now: its numbers are of a claim that is there no more.
 */
export function specHash(
  files: readonly Pick<Declared, 'path' | 'text'>[],
  claim: Pick<Spec<string>, 'arms' | 'targets' | 'measures'>,
  about: Pick<Configuration, 'project' | 'setup' | 'catalog'>,
  drawing?: Drawing,
): string {
  for (const { path, text } of files) {
    const changed = changedSince([path], { beside: true });
    if (text !== null && changed.length === 0) continue;
    throw new InputError(`${projectPath(about.project, path)}, or what it imports, changed since this run began`, {
      expected: 'the text that was loaded',
      got: `another ${changed.join(', ')}`,
      todo: 'run again: finished records are kept',
    });
  }
  const { measures = [] } = claim;
  const { catalog } = about;
  const measuring = placesOf(claim, about).flatMap(({ setup, arms }) =>
    measuringRoots(catalog, kindOf(catalog, setup), arms, [...STANDARD_MEASURES, ...measures]),
  );
  const kind = kindOf(catalog, about.setup);
  const turning = drawing !== undefined && isExplorable(kind) ? [kind.factors.file] : [];
  return hashOf({
    files: files.map(({ text }) => text),
    ...saidTo(claim, about, drawing?.knobs ?? []),
    code: codeHash([...DECIDING.map(ownFile), ...(drawing?.files ?? []), ...turning, ...measuring]),
    rules: { ALPHA, premise: PREMISE_RULES },
  });
}

/** What the setups that a claim names say to its arms, or to those of the claim that it is about. */
export function setupsOf(declared: Declared, configuration: Configuration): object {
  const claim = declared.of ?? declared;
  const about = { ...configuration, setup: setupNamed(configuration.project, claim.spec.setup) };
  return saidTo(isClaim(claim) ? claim.spec : { arms: {} }, about, declared.drawing?.knobs ?? []);
}

/** The arms of a claim at its own setup, first, and at each other one. */
function placesOf(
  claim: Pick<Spec<string>, 'arms' | 'targets'>,
  { project, setup: own }: Pick<Configuration, 'project' | 'setup'>,
): { readonly name: string | undefined; readonly setup: Setup; readonly arms: readonly Arm[] }[] {
  const placed = bySetupName(Object.values(armsAtTargets(claim)));
  const others = [...placed.keys()].filter((name) => name !== undefined);
  return [undefined, ...others].map((name) => ({
    ...{ name, setup: name === undefined ? own : setupNamed(project, name) },
    arms: placed.get(name) ?? [],
  }));
}

/** What a claim's own setup says to its arms, and each other one to those that are of it. */
function saidTo(
  claim: Pick<Spec<string>, 'arms' | 'targets'>,
  about: Pick<Configuration, 'project' | 'setup' | 'catalog'>,
  knobs: Drawing['knobs'],
): { readonly setup: object; readonly elsewhere?: object } {
  const said = placesOf(claim, about).map(({ name, setup, arms }) => [
    name ?? '',
    setupFor(about.catalog, arms, setup, knobs),
  ]);
  const { '': setup = {}, ...elsewhere } = Object.fromEntries(said) as Record<string, object>;
  return { setup, ...(said.length > 1 && { elsewhere }) };
}

/** `specHash` of what a hypothesis file declares, about the setup that it names. */
export function declaredHash(declared: Declared, configuration: Configuration): string {
  const claim = declared.of ?? declared;
  const files = declared.of === undefined ? [declared] : [declared, declared.of];
  const about = { ...configuration, setup: setupNamed(configuration.project, claim.spec.setup) };
  return specHash(files, isClaim(claim) ? claim.spec : { arms: {} }, about, declared.drawing);
}
