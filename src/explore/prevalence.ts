import { declare } from '../claims/claim.ts';
import type { Declared, DeclaredClaim, Drawing } from '../claims/declared.ts';
import type { Evidence } from '../claims/evidence.ts';
import { loadedFrom } from '../claims/loaded.ts';
import { setupNamesOf } from '../claims/placed.ts';
import { STRATA, type Stratum } from '../claims/rehearsal.ts';
import type { ClaimText } from '../claims/spec.ts';
import { specHash } from '../claims/spec-hash.ts';
import { armsAtTargets, targetsOf } from '../claims/targets.ts';
import { greaterThan, type Prediction } from '../claims/verdict.ts';
import { InputError } from '../core/errors.ts';
import { askedBy } from '../lab/catalog.ts';
import { ownFile } from '../lab/code.ts';
import type { ProgressSink } from '../lab/progress.ts';
import { type Run, runsOfLineage } from '../lab/redo.ts';
import { aboutSetup, type Configuration } from '../project/configuration.ts';
import { projectPath } from '../project/project.ts';
import type { Outcome } from '../records/exploration.ts';
import type { Arm } from '../train/arm.ts';
import { changedArms } from './applied.ts';
import { changed } from './changed.ts';
import { COST_KNOBS } from './cost.ts';
import { visit } from './explore.ts';
import { unfit } from './fits.ts';
import { judgedSetups } from './judged.ts';
import { pointsOf } from './points.ts';

/** What to bear in mind of every prevalence claim about a stratum, which looks at so many targets. */
const ofAll = (stratum: Stratum, targets: number): string[] => [
  `One replicate a setup${targets === 1 ? ', and one target of it' : ''}, so that its noise counts too: this says how often the sign is met, not where it is true.`,
  `The share is that of setups ${stratum} alone; the share of the others, and that of both together, stand beside it and are not judged.`,
];

/** What decides a prevalence claim beside the claim that it is about. */
const DRAWING: Drawing = {
  files: ['explore/points', 'explore/outcome', 'explore/judged'].map(ownFile),
  knobs: COST_KNOBS,
};

/** A claim about the share of the changed setups of a stratum in which another claim holds. */
export interface DeclaredPrevalence extends Declared {
  readonly of: DeclaredClaim;
  readonly stratum: Stratum;
  readonly side: Prediction;
}

/** Whether a declaration is about the share of changed setups in which a claim holds. */
export const isPrevalence = (declared: Declared): declared is DeclaredPrevalence => 'side' in declared;

/**
 * Declares the claim of a hypothesis file, whose `import.meta.url` is `url`: of the changed setups of a stratum (`without
 * rehearsal` or `with rehearsal`) whose premises hold, a share of more than `atLeast` lies on the side that `side` predicts of
 * the claim `of` (its own prediction unless another is given), with one replicate each, of as many `targets` as that claim has
 * where nothing is said. Judged by Wilson's interval. How many
 * setups, half of them in each stratum, and how large, is the profile's; which, is drawn from one seed a stratum for all
 * prevalence claims about one setup, so that they share their lineages. Throws `InputError` on another stratum, and where arms of
 * `of` rehearse: a stratum says how much all of them do.
 */
export function prevalence(
  url: string,
  {
    of: claimed,
    atLeast,
    stratum,
    targets,
    side = claimed.spec.prediction,
    mind = [],
    ...text
  }: Pick<ClaimText, 'id' | 'statement' | 'mind' | 'from'> & {
    of: DeclaredClaim;
    atLeast: number;
    stratum: Stratum;
    targets?: number;
    side?: Prediction;
  },
): DeclaredPrevalence {
  refuseStratum(text.id, claimed, stratum);
  const of = targets === undefined ? claimed : { ...claimed, spec: { ...claimed.spec, targets } };
  const declared: DeclaredPrevalence = {
    spec: {
      ...text,
      ...(of.spec.setup !== undefined && { setup: of.spec.setup }),
      family: 'prevalence',
      estimand: `share of changed setups ${stratum}, of those whose premises hold, in which ${of.spec.id} lies on its side`,
      unit: 'share of setups',
      prediction: greaterThan(atLeast),
      mind: [...ofAll(stratum, targetsOf(of.spec).length), ...mind],
    },
    ...loadedFrom(url),
    of,
    drawing: DRAWING,
    ...{ stratum, side },
    gather: (configuration, sink) => evidenceOf(declared, aboutSetup(configuration, of.spec.setup), sink),
  };
  return declare(declared);
}

function refuseStratum(id: string, of: DeclaredClaim, stratum: Stratum): void {
  if (!STRATA.includes(stratum)) {
    throw new InputError(`the stratum of ${id}`, {
      expected: STRATA.map((each) => `'${each}'`).join(' or '),
      got: `${stratum}`,
      todo: 'say of which setups the share is: `stratum` in the hypothesis file',
    });
  }
  const [other] = setupNamesOf(of.spec).slice(1);
  if (other !== undefined) {
    throw new InputError(`${id} is about ${of.spec.id}, which compares setups`, {
      expected: 'a claim whose arms are all of its own setup: each changed setup is looked at by itself',
      got: `arms in ${other}, too`,
      todo: 'ask it of a claim about one setup',
    });
  }
  const rehearsing = Object.entries(of.spec.arms).filter(([, arm]) => rehearsalOf(arm) > 0);
  if (rehearsing.length === 0) return;
  throw new InputError(`${id} is about ${of.spec.id}, whose arms rehearse by themselves`, {
    expected: 'a claim whose arms do not: the stratum says how much all of them rehearse',
    got: rehearsing.map(([name, arm]) => `${name} with ${rehearsalOf(arm)}`).join(', '),
    todo: "ask it of the claim without rehearsal, `stratum: 'with rehearsal'`",
  });
}

/** The largest weight of rehearsal of an arm and those that it starts after. */
const rehearsalOf = ({ rehearsal, after }: Arm): number =>
  Math.max(rehearsal, after === undefined ? 0 : rehearsalOf(after));

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
  const { catalog, engine } = configuration;
  return pointsOf(configuration).flatMap(({ changes, seed }) => {
    const at = changed(configuration, changes);
    const arms = declared.flatMap(({ of }) => Object.values(changedArms(armsAtTargets(of.spec), at)));
    const asked = askedBy(
      catalog,
      declared.map(({ of }) => of.spec),
    );
    const lineage = { catalog, setup: at.setup, seed, engine, asked };
    const strange = unfit(lineage, arms);
    return runsOfLineage(
      lineage,
      arms.filter((arm) => !strange.has(arm)),
    );
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
