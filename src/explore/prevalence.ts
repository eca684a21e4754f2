import { declare, loadedFrom } from '../claims/claim.ts';
import type { Declared, DeclaredClaim, Drawing } from '../claims/declared.ts';
import type { Evidence } from '../claims/evidence.ts';
import type { ClaimText } from '../claims/spec.ts';
import { specHash } from '../claims/spec-hash.ts';
import { armsAtTargets } from '../claims/targets.ts';
import { greaterThan, type Prediction } from '../claims/verdict.ts';
import { ownFile } from '../lab/code.ts';
import type { ProgressSink } from '../lab/progress.ts';
import { type Run, runsOfLineage } from '../lab/redo.ts';
import { aboutSetup, type Configuration } from '../project/configuration.ts';
import { projectPath } from '../project/project.ts';
import type { Outcome } from '../records/exploration.ts';
import { changed } from './changed.ts';
import { COST_KNOBS } from './cost.ts';
import { visit } from './explore.ts';
import { changedArms } from './factors.ts';
import { judgedSetups } from './judged.ts';
import { pointsOf } from './points.ts';

/** What to bear in mind of every prevalence claim. */
const OF_ALL = [
  'One replicate a setup, so that its noise counts too: this says how often the sign is met, not where it is true.',
  'The share is over setups as they were drawn and moves with how often rehearsal was among the changes: read it by that.',
];

/** What decides a prevalence claim beside the claim that it is about. */
const DRAWING: Drawing = {
  files: ['explore/points', 'explore/outcome', 'explore/judged'].map(ownFile),
  knobs: COST_KNOBS,
};

/** A claim about the share of changed setups in which another claim holds. */
export interface DeclaredPrevalence extends Declared {
  readonly of: DeclaredClaim;
  readonly side: Prediction;
}

/** Whether a declaration is about the share of changed setups in which a claim holds. */
export const isPrevalence = (declared: Declared): declared is DeclaredPrevalence => 'side' in declared;

/**
 * Declares the claim of a hypothesis file, whose `import.meta.url` is `url`: of the changed setups whose premises hold, a share
 * of more than `atLeast` lies on the side that `side` predicts of the claim `of` (its own prediction unless another is given),
 * with one replicate each. Judged by Wilson's interval. How many setups, and how large, is the profile's; which, is drawn
 * from one seed for all prevalence claims, so that they share their lineages.
 */
export function prevalence(
  url: string,
  {
    of,
    atLeast,
    side = of.spec.prediction,
    mind = [],
    ...text
  }: Pick<ClaimText, 'id' | 'statement' | 'mind' | 'from'> & { of: DeclaredClaim; atLeast: number; side?: Prediction },
): DeclaredPrevalence {
  const declared: DeclaredPrevalence = {
    spec: {
      ...text,
      ...(of.spec.setup !== undefined && { setup: of.spec.setup }),
      family: 'prevalence',
      estimand: `share of changed setups, of those whose premises hold, in which ${of.spec.id} lies on its side`,
      unit: 'share of setups',
      prediction: greaterThan(atLeast),
      mind: [...OF_ALL, ...mind],
    },
    ...loadedFrom(url),
    of,
    drawing: DRAWING,
    side,
    gather: (configuration, sink) => evidenceOf(declared, aboutSetup(configuration, of.spec.setup), sink),
  };
  return declare(declared);
}

/** Trains what prevalence claims lack, all of them on the same lineages. */
export async function prepare(
  declared: readonly DeclaredPrevalence[],
  configuration: Configuration,
  sink: ProgressSink,
): Promise<void> {
  if (declared.length === 0) return;
  await visit(
    declared.map(({ of }) => of),
    pointsOf(configuration),
    configuration,
    sink,
  );
}

/** The runs that prevalence claims rest on, bases first: those of every setup that is drawn. */
export function runsOf(declared: readonly DeclaredPrevalence[], configuration: Configuration): Run[] {
  if (declared.length === 0) return [];
  const { catalog, setup, engine } = configuration;
  return pointsOf(configuration).flatMap(({ changes, seed }) => {
    const at = changed(setup, changes);
    const arms = declared.flatMap(({ of }) => Object.values(changedArms(armsAtTargets(of.spec), at)));
    return runsOfLineage({ catalog, setup: at.setup, seed, engine }, arms);
  });
}

async function evidenceOf(
  declared: DeclaredPrevalence,
  configuration: Configuration,
  sink: ProgressSink,
): Promise<Evidence> {
  const [outcomes = []] = await visit([declared.of], pointsOf(configuration), configuration, sink);
  return judged(declared, configuration, outcomes);
}

/** The evidence of a prevalence claim, from what every setup of the profile said. Throws as `judgedSetups` does. */
export function judged(
  declared: DeclaredPrevalence,
  configuration: Configuration,
  outcomes: readonly Outcome[],
): Evidence {
  const { path, of, drawing } = declared;
  const { project, engine } = configuration;
  const files = [path, of.path].map((each) => projectPath(project, each));
  return {
    ...judgedSetups(declared, configuration, pointsOf(configuration), outcomes),
    file: projectPath(project, path),
    files,
    spec: specHash([declared, of], of.spec, configuration, drawing),
    engine,
  };
}
