import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { declare } from '../claims/claim.ts';
import { type Configuration, PROJECT } from '../claims/configuration.ts';
import type { Declared, DeclaredClaim } from '../claims/declared.ts';
import { type Evidence, type SetupOutcome, specHash } from '../claims/evidence.ts';
import { judgeShare } from '../claims/share.ts';
import type { ClaimText } from '../claims/spec.ts';
import { greaterThan, type Prediction } from '../claims/verdict.ts';
import { hashOf } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import type { ProgressSink } from '../lab/progress.ts';
import { type Run, runsOfLineage } from '../lab/redo.ts';
import { sampledChanges } from './arbitrary.ts';
import { type Outcome, type Point, visit } from './explore.ts';
import { changed, changedArms } from './factors.ts';
import { usableOf } from './region.ts';
import { isOn } from './side.ts';

/** Of the draw of setups, the same for every prevalence claim; the lineages' seeds start at the second. */
const DRAW = 20261124;
const FIRST_SEED = 3_000_000;

/** More than this share of setups must have their premises, or the claim itself fails its premise. */
const LEAST_USABLE = 0.5;

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
    ...text
  }: Pick<ClaimText, 'id' | 'statement'> & { of: DeclaredClaim; atLeast: number; side?: Prediction },
): DeclaredPrevalence {
  const declared: DeclaredPrevalence = {
    spec: {
      ...text,
      family: 'prevalence',
      estimand: `share of changed setups, of those whose premises hold, in which ${of.spec.id} lies on its side`,
      unit: 'share of setups',
      prediction: greaterThan(atLeast),
    },
    path: fileURLToPath(url),
    of,
    side,
    gather: (configuration, sink) => evidenceOf(declared, configuration, sink),
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
  const { setup, engine } = configuration;
  return pointsOf(configuration).flatMap(({ changes, seed }) => {
    const at = changed(setup, changes);
    const arms = declared.flatMap(({ of }) => Object.values(changedArms(of.spec.arms, at)));
    return runsOfLineage({ setup: at.setup, seed, engine }, arms);
  });
}

function pointsOf({ setup, changed: { setups, mostCost } }: Configuration): Point[] {
  const all = sampledChanges(setup, setups, DRAW, { mostCost });
  return all.map((changes, i) => ({ changes, seed: FIRST_SEED + i }));
}

async function evidenceOf(
  declared: DeclaredPrevalence,
  configuration: Configuration,
  sink: ProgressSink,
): Promise<Evidence> {
  const [outcomes = []] = await visit([declared.of], pointsOf(configuration), configuration, sink);
  return judged(declared, configuration, outcomes);
}

/** Judges what every setup of the profile said. Throws `InvariantError` where one said nothing. */
export function judged(
  { spec, path, of, side }: DeclaredPrevalence,
  configuration: Configuration,
  outcomes: readonly Outcome[],
): Evidence {
  const points = pointsOf(configuration);
  if (outcomes.length !== points.length)
    throw new InvariantError(`${spec.id}: ${outcomes.length} of ${points.length} setups were observed`);
  const usable = usableOf(outcomes);
  const counts = ({ value, premise }: SetupOutcome): boolean => premise && value !== null && isOn(side, value);
  const values = usable.map((outcome) => (counts(outcome) ? 1 : 0));
  const failures = outcomes.filter(({ premise }) => !premise).map(({ seed }) => seed);
  const premiseAllowance = Math.ceil((1 - LEAST_USABLE) * points.length) - 1;
  return {
    ...spec,
    arms: {},
    file: relative(PROJECT, path),
    spec: specHash([path, of.path], configuration, `more than ${LEAST_USABLE} usable`),
    profile: configuration.profile,
    engine: configuration.engine,
    devices: [...new Set(outcomes.flatMap(({ devices }) => devices))],
    seeds: points.map(({ seed }) => seed),
    drawn: hashOf(points),
    values,
    judgement: judgeShare(spec.prediction, values.filter((value) => value === 1).length, values.length, {
      premiseFailed: failures.length > premiseAllowance,
    }),
    censored: [],
    targetEffects: {},
    premiseFailures: failures,
    premiseAllowance,
    completeCases: null,
    setups: {
      of: of.spec.id,
      side,
      outcomes: outcomes.map(({ devices: _, ...outcome }) => ({ ...outcome, counts: counts(outcome) })),
    },
  };
}
