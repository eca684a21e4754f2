import type { Claim } from '../claims/spec.ts';
import { armsAtTargets } from '../claims/targets.ts';
import { askedBy, depthOf } from '../lab/catalog.ts';
import { isObserved } from '../lab/observed.ts';
import type { Job } from '../lab/pool.ts';
import type { ProgressSink } from '../lab/progress.ts';
import { doJobs, untilSound } from '../lab/study.ts';
import type { Configuration } from '../project/configuration.ts';
import type { Outcome } from '../records/exploration.ts';
import { openStore, type Store } from '../store/store.ts';
import { type Arm, armName } from '../train/arm.ts';
import { type Changed, changedArms } from './applied.ts';
import { changed } from './changed.ts';
import { changesText } from './factors.ts';
import { unfit } from './fits.ts';
import { outcomeAt, type Point, withoutNumber } from './outcome.ts';

/** Where and how to explore. */
export type Ground = Pick<Configuration, 'catalog' | 'setup' | 'engine' | 'folder' | 'workers'>;

/**
 * What points say of claims, in the order of the points: one list a claim. What the store lacks is trained first, the base
 * and all arms of a point in one job, and what turns out to be damaged again; no job starts after `until`, and points that are
 * not finished by then are left out. A point of which a network diverges, that has nothing for a claim to measure, or whose world
 * lacks what an arm of the claim trains on, is an outcome without a number; every other fault (of the store, the machine, the code) is
 * thrown.
 */
export async function visit(
  claims: readonly Claim[],
  points: readonly Point[],
  ground: Ground,
  sink: ProgressSink,
  until?: number,
): Promise<Outcome[][]> {
  const store = openStore(ground.folder, { report: (message) => sink.write(`${message}\n`) });
  const faults = new Map<string, string>();
  return untilSound(ground.folder, async () => {
    const unbroken = points.map((point, i) => [point, i] as const).filter(([point, i]) => !faults.has(idOf(point, i)));
    const jobs = unbroken.flatMap(([point, i]) => jobOf(claims, point, i, ground, store));
    const options = { until, tolerant: true, workers: ground.workers };
    for (const [id, fault] of await doJobs(jobs, ground, ground.folder, sink, options)) faults.set(id, fault);
    const all = claims.map((claim) =>
      points.map((point, i) => {
        const outcome = outcomeAt(claim, point, ground, store);
        if (outcome !== undefined) return outcome;
        const fault = faults.get(idOf(point, i));
        return fault === undefined ? undefined : withoutNumber(point, fault);
      }),
    );
    const isLate = until !== undefined && Date.now() > until;
    const isWhole = isLate || all.every((outcomes) => outcomes.every((outcome) => outcome !== undefined));
    return isWhole ? all.map((outcomes) => outcomes.flatMap((outcome) => outcome ?? [])) : undefined;
  });
}

const idOf = ({ changes, seed }: Point, i: number): string => `${i + 1}: ${changesText(changes)}, seed ${seed}`;

/** The arms of the claims at a changed setup, each once. */
function armsAt(claims: readonly Claim[], at: Changed): Arm[] {
  const all = claims.flatMap(({ spec }) => Object.values(changedArms(armsAtTargets(spec), at)));
  return [...new Map(all.map((arm) => [armName(arm), arm])).values()];
}

function jobOf(claims: readonly Claim[], point: Point, i: number, ground: Ground, store: Store): Job[] {
  const { changes, seed } = point;
  const { catalog, engine } = ground;
  const at = changed(ground, changes);
  const asked = askedBy(
    catalog,
    claims.map(({ spec }) => spec),
  );
  const lineage = { catalog, setup: at.setup, seed, engine, asked };
  const bases = isObserved(store, lineage, null) ? [] : [seed];
  const absent = armsAt(claims, at).filter((arm) => !isObserved(store, lineage, arm));
  const strange = unfit(lineage, absent);
  const missing = absent.filter((arm) => !strange.has(arm));
  // An arm that needs another one comes after it.
  missing.sort((a, b) => depthOf(catalog, a) - depthOf(catalog, b));
  if (bases.length + missing.length === 0) return [];
  return [
    { id: idOf(point, i), after: [], setup: at.setup, bases, groups: missing.map((arm) => [{ seed, arm, asked }]) },
  ];
}
