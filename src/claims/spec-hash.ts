import { hashOf } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import { type Catalog, kindOf, measuresFor, methodOf, neededBy } from '../lab/catalog.ts';
import { changedSince, codeHash, ownFile } from '../lab/code.ts';
import { MAKE_ARM } from '../lab/make-arm.ts';
import { MAKE_BASE } from '../lab/make-base.ts';
import { MAKE_READING } from '../lab/make-reading.ts';
import { aboutSetup, type Configuration } from '../project/configuration.ts';
import { projectPath } from '../project/project.ts';
import type { Arm } from '../train/arm.ts';
import type { WorldKind } from '../world/world.ts';
import { type Declared, isClaim } from './declared.ts';
import { PREMISE_RULES } from './judging.ts';
import { STANDARD_MEASURES } from './reading.ts';
import type { Spec } from './spec.ts';
import { ALPHA } from './verdict.ts';

/** The files of this package that decide what a claim comes to, from the numbers that were read; what they import is covered, too. */
const DECIDING = [
  ...['claims/judging', 'claims/family', 'claims/reading', 'lab/observed'],
  // What estimates are written with.
  ...['measure/observation', 'stats/index'],
];
/** Those that decide beside them which setups a prevalence claim looks at, and what each says. */
const DRAWING = ['explore/points', 'explore/outcome'];

/** The code that makes and reads the runs that arms stand for, but for the engine, which computes the same within rounding. */
function measuringRoots(
  catalog: Catalog,
  kind: WorldKind,
  arms: readonly Arm[],
  measures: readonly string[],
): string[] {
  const methods = arms.flatMap((arm) => [arm, ...neededBy(catalog, arm)]).map((arm) => methodOf(catalog, arm));
  const { arms: read, bases } = measuresFor(catalog, kind);
  const used = read.filter(({ id }) => measures.includes(id));
  return [MAKE_BASE, MAKE_ARM, MAKE_READING, ...[kind, ...methods, ...used, ...bases].map(({ file }) => file)];
}

/**
 * Hash of what makes a claim the claim that it is: its files and what they import from beside this package, as they were loaded,
 * the setup, the code that makes, reads and judges its numbers with the versions of its packages, and the rules that the harness
 * adds. Throws `InputError` where a file is another by now: its numbers are of a claim that is there no more.
 */
export function specHash(
  files: readonly Pick<Declared, 'path' | 'text'>[],
  { arms, measures = [] }: Pick<Spec<string>, 'arms' | 'measures'>,
  { project, setup, catalog }: Pick<Configuration, 'project' | 'setup' | 'catalog'>,
): string {
  for (const { path, text } of files) {
    const changed = changedSince([path], { beside: true });
    if (text !== null && changed.length === 0) continue;
    throw new InputError(`${projectPath(project, path)}, or what it imports, changed since this run began`, {
      expected: 'the text that was loaded',
      got: `another ${changed.join(', ')}`,
      todo: 'run again: finished records are kept',
    });
  }
  const judging = [...DECIDING, ...(files.length > 1 ? DRAWING : [])].map(ownFile);
  const read = [...STANDARD_MEASURES, ...measures];
  const measuring = measuringRoots(catalog, kindOf(catalog, setup), Object.values(arms), read);
  return hashOf({
    files: files.map(({ text }) => text),
    setup,
    code: codeHash([...judging, ...measuring]),
    rules: { ALPHA, premise: PREMISE_RULES },
  });
}

/** `specHash` of what a hypothesis file declares, about the setup that it names. */
export function declaredHash(declared: Declared, configuration: Configuration): string {
  const claim = declared.of ?? declared;
  const files = declared.of === undefined ? [declared] : [declared, declared.of];
  return specHash(files, isClaim(claim) ? claim.spec : { arms: {} }, aboutSetup(configuration, claim.spec.setup));
}
