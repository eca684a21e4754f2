import { hashOf, sha256 } from '../core/canonical.ts';
import { armName } from '../train/arm.ts';
import { secondsOf } from './cost.ts';
import { placesOf, type Run } from './redo.ts';
import type { Shard } from './shard.ts';

/** The runs of one base: what one machine makes as a whole, since arms are made of their base. */
export interface PlannedLineage {
  /** The same wherever and whenever it is planned: of the setup and the seed. */
  readonly name: string;
  /** Hash of the setup. */
  readonly setup: string;
  readonly seed: number;
  readonly runs: readonly Run[];
  /** About how many seconds of one core all of them take. */
  readonly seconds: number;
}

/** How much more than its even share a shard may get, beside what is whole. */
const SLACK = 1.02;

/** Runs by their lineages, dearest first. */
export function lineagesIn(runs: readonly Run[]): PlannedLineage[] {
  const setups = new Map([...new Set(runs.map(({ lineage }) => lineage.setup))].map((each) => [each, hashOf(each)]));
  const byName = new Map<string, Run[]>();
  for (const run of runs) {
    const name = `${setups.get(run.lineage.setup)} ${run.lineage.seed}`;
    const own = byName.get(name) ?? [];
    byName.set(name, own);
    own.push(run);
  }
  const all = [...byName].map(([name, own]): PlannedLineage => {
    const { setup, seed } = (own[0] as Run).lineage;
    const seconds = own.reduce((sum, run) => sum + secondsOf(run), 0);
    return { name, setup: setups.get(setup) as string, seed, runs: own, seconds };
  });
  return all.sort((a, b) => b.seconds - a.seconds || (a.name < b.name ? -1 : 1));
}

/** What a plan is known by: the keys of every record that its runs leave, so also the code and the setups that make them. */
export const planDigest = (lineages: readonly PlannedLineage[]): string =>
  hashOf(
    lineages
      .flatMap(({ runs }) => runs.flatMap(placesOf))
      .map(([kind, key]) => `${kind} ${key}`)
      .sort(),
  );

/**
 * The shard of each lineage, from 1, in their order. Each goes to the first shard that its own order of all of them has and that is not
 * full: with another number of shards, or with lineages more, most stay where they are. No shard gets more than its even share by more
 * than 2 % and what its last lineage takes. Source: rendezvous hashing, Thaler and Ravishankar 1998 (doi 10.1109/90.663936), with bounded
 * loads, Mirrokni, Thorup and Zadimoghaddam 2018 (doi 10.1137/1.9781611975031.39).
 */
export function shardsOf(lineages: readonly Pick<PlannedLineage, 'name' | 'seconds'>[], count: number): number[] {
  const total = lineages.reduce((sum, { seconds }) => sum + seconds, 0);
  const full = (SLACK * total) / count;
  const loads = new Array<number>(count).fill(0);
  return lineages.map(({ name, seconds }) => {
    const order = loads
      .map((load, i) => ({ i, load, rank: sha256(`${name} ${i}`) }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1));
    const fits = order.find(({ load }) => load + seconds <= full);
    const { i } = fits ?? order.reduce((least, each) => (each.load < least.load ? each : least));
    loads[i] = (loads[i] as number) + seconds;
    return i + 1;
  });
}

/** The lineages of a shard. */
export function shardIn(lineages: readonly PlannedLineage[], { index, count }: Shard): PlannedLineage[] {
  const shards = shardsOf(lineages, count);
  return lineages.filter((_, i) => shards[i] === index);
}

/** Runs of lineages by setup and by what reads them, as studies ask for them: seeds with the same arms together. */
export function studiesOf(lineages: readonly PlannedLineage[]): {
  readonly of: Run['lineage'];
  readonly seeds: readonly number[];
  readonly arms: readonly NonNullable<Run['arm']>[];
}[] {
  const studies = new Map<string, { of: Run['lineage']; seeds: number[]; arms: NonNullable<Run['arm']>[] }>();
  for (const { setup, seed, runs } of lineages) {
    const byAsked = new Map<string, Run[]>();
    for (const run of runs) {
      const asked = [...(run.lineage.asked ?? [])].sort().join(' ');
      byAsked.set(asked, [...(byAsked.get(asked) ?? []), run]);
    }
    for (const [asked, own] of byAsked) {
      const arms = own.flatMap(({ arm }) => arm ?? []);
      const key = [setup, asked, ...arms.map(armName).sort()].join('\n');
      const study = studies.get(key) ?? { of: (own[0] as Run).lineage, seeds: [], arms };
      study.seeds.push(seed);
      studies.set(key, study);
    }
  }
  return [...studies.values()];
}
