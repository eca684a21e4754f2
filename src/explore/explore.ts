import type { Configuration } from '../claims/configuration.ts';
import { readClaim } from '../claims/evidence.ts';
import type { Claim } from '../claims/spec.ts';
import { readBaseObservation, readObservation } from '../lab/keys.ts';
import type { Job } from '../lab/pool.ts';
import type { ProgressSink } from '../lab/progress.ts';
import { openStore, type Store } from '../lab/store.ts';
import { doJobs, readReplicate } from '../lab/study.ts';
import { type Arm, armName } from '../train/arm.ts';
import { type Changes, changed, changedArms, changesText } from './factors.ts';

/** One replicate of a changed setup. */
export interface Point {
  readonly changes: Changes;
  readonly seed: number;
}

/** What one point says of one claim. */
export interface Outcome extends Point {
  readonly value: number;
  /** Whether the premises of the claim held: its arms reached their levels, and the base plays its characters. */
  readonly premise: boolean;
}

/** Where and how to explore. */
export type Ground = Pick<Configuration, 'setup' | 'engine' | 'folder'>;

/**
 * What points say of claims, in the order of the points: one list a claim. What the store lacks is trained first, the base
 * and all arms of a point in one job; no job starts after `until`, and points that are not finished are left out.
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
  await doJobs(jobs, ground.engine, ground.folder, sink, until);
  return claims.map((claim) => points.flatMap((point) => outcomeOf(claim, point, ground, store)));
}

/** The arms of the claims with the point's rehearsal, each once; null arms last, which copy the steps of SDFT. */
function armsAt(claims: readonly Claim[], rehearsal: number | undefined): Arm[] {
  const all = claims.flatMap(({ spec }) => Object.values(changedArms(spec.arms, rehearsal)));
  const different = [...new Map(all.map((arm) => [armName(arm), arm])).values()];
  return different.sort((a, b) => Number(a.method === 'null') - Number(b.method === 'null'));
}

function jobOf(claims: readonly Claim[], { changes, seed }: Point, i: number, ground: Ground, store: Store): Job[] {
  const { setup, rehearsal } = changed(ground.setup, changes);
  const lineage = { setup, seed, engine: ground.engine };
  const bases = readBaseObservation(store, lineage) === undefined ? [seed] : [];
  const missing = armsAt(claims, rehearsal).filter((arm) => readObservation(store, lineage, arm) === undefined);
  if (bases.length + missing.length === 0) return [];
  const id = `${i + 1}: ${changesText(changes)}, seed ${seed}`;
  return [{ id, after: [], setup, bases, groups: missing.map((arm) => [{ seed, arm }]) }];
}

function outcomeOf(claim: Claim, { changes, seed }: Point, ground: Ground, store: Store): Outcome[] {
  const { setup, rehearsal } = changed(ground.setup, changes);
  const lineage = { setup, seed, engine: ground.engine };
  const all = armsAt([claim], rehearsal);
  if (readBaseObservation(store, lineage) === undefined) return [];
  if (all.some((arm) => readObservation(store, lineage, arm) === undefined)) return [];
  const replicate = readReplicate({ setup, engine: ground.engine, arms: all }, store, seed);
  const arms = changedArms(claim.spec.arms, rehearsal);
  const { values, premiseFailures } = readClaim({ ...claim, spec: { ...claim.spec, arms } }, [replicate]);
  return [{ changes, seed, value: values[0] as number, premise: premiseFailures.length === 0 }];
}
