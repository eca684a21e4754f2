import type { SetupOutcome } from '../claims/evidence.ts';
import { readClaim } from '../claims/gather.ts';
import type { Claim } from '../claims/spec.ts';
import { finite } from '../core/errors.ts';
import { readBaseObservation, readObservation } from '../lab/observed.ts';
import { isOutcome } from '../lab/outcome.ts';
import type { Job } from '../lab/pool.ts';
import type { ProgressSink } from '../lab/progress.ts';
import { doJobs, readReplicate } from '../lab/study.ts';
import type { Configuration } from '../project/configuration.ts';
import { openStore, type Store } from '../store/store.ts';
import { type Arm, armName } from '../train/arm.ts';
import { type Changed, type Changes, changed, changedArms, changesText } from './factors.ts';

/** One replicate of a changed setup. */
export interface Point {
  readonly changes: Changes;
  readonly seed: number;
}

/** What one point says of one claim, with what measured it. */
export interface Outcome extends SetupOutcome {
  readonly devices: readonly string[];
}

/** Where and how to explore. */
export type Ground = Pick<Configuration, 'setup' | 'engine' | 'folder' | 'workers'>;

/**
 * What points say of claims, in the order of the points: one list a claim. What the store lacks is trained first, the base
 * and all arms of a point in one job; no job starts after `until`, and points that are not finished are left out. A point
 * of which a network diverges, or that has nothing for a claim to measure, is an outcome without a number; every other fault
 * (of the store, the machine, the code) is thrown.
 */
export async function visit(
  claims: readonly Claim[],
  points: readonly Point[],
  ground: Ground,
  sink: ProgressSink,
  until?: number,
): Promise<Outcome[][]> {
  const store = openStore(ground.folder, { report: (message) => sink.write(`${message}\n`) });
  const jobs = points.flatMap((point, i) => jobOf(claims, point, i, ground, store));
  const faults = await doJobs(jobs, ground.engine, ground.folder, sink, {
    ...{ until, tolerant: true, workers: ground.workers },
  });
  return claims.map((claim) =>
    points.flatMap((point, i) => outcomeOf(claim, point, faults.get(idOf(point, i)), ground, store)),
  );
}

const idOf = ({ changes, seed }: Point, i: number): string => `${i + 1}: ${changesText(changes)}, seed ${seed}`;

/** The arms of the claims at a changed setup, each once; null arms last, which copy the steps of SDFT. */
function armsAt(claims: readonly Claim[], at: Changed): Arm[] {
  const all = claims.flatMap(({ spec }) => Object.values(changedArms(spec.arms, at)));
  const different = [...new Map(all.map((arm) => [armName(arm), arm])).values()];
  return different.sort((a, b) => Number(a.method === 'null') - Number(b.method === 'null'));
}

function jobOf(claims: readonly Claim[], point: Point, i: number, { setup, engine }: Ground, store: Store): Job[] {
  const { changes, seed } = point;
  const at = changed(setup, changes);
  const lineage = { setup: at.setup, seed, engine };
  const bases = readBaseObservation(store, lineage) === undefined ? [seed] : [];
  const missing = armsAt(claims, at).filter((arm) => readObservation(store, lineage, arm) === undefined);
  if (bases.length + missing.length === 0) return [];
  return [{ id: idOf(point, i), after: [], setup: at.setup, bases, groups: missing.map((arm) => [{ seed, arm }]) }];
}

function outcomeOf(
  claim: Claim,
  { changes, seed }: Point,
  failed: string | undefined,
  { setup, engine }: Ground,
  store: Store,
): Outcome[] {
  const at = changed(setup, changes);
  const lineage = { setup: at.setup, seed, engine };
  const arms = armsAt([claim], at);
  const complete =
    readBaseObservation(store, lineage) !== undefined &&
    arms.every((arm) => readObservation(store, lineage, arm) !== undefined);
  const without = (fault: string): Outcome[] => [
    { changes, seed, value: null, premise: false, fault: firstLine(fault), devices: [] },
  ];
  if (!complete) return failed === undefined ? [] : without(failed);
  const replicate = readReplicate({ setup: at.setup, engine, arms }, store, seed);
  const spec = { ...claim.spec, arms: changedArms(claim.spec.arms, at) };
  const devices = [replicate.base, ...replicate.arms.values()].flatMap((each) => each.devices);
  try {
    const { values, premiseFailures } = readClaim({ ...claim, spec }, [replicate]);
    const value = finite(
      values[0] as number,
      `the number of ${claim.spec.id} at ${changesText(changes)}, seed ${seed},`,
    );
    return [{ changes, seed, value, premise: premiseFailures.length === 0, devices: [...new Set(devices)] }];
  } catch (error) {
    if (!isOutcome(error)) throw error;
    return without(error.message);
  }
}

const firstLine = (text: string): string => text.split('\n')[0] as string;
