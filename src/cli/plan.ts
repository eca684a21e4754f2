import { resolve } from 'node:path';
import { writeWhole } from '../core/whole-file.ts';
import { duration } from '../lab/progress.ts';
import { planDigest, shardsOf } from '../lab/shards.ts';
import type { Called } from './called.ts';
import { numberOf, optionsIn } from './options.ts';
import { PLAN_OPTIONS, USAGE } from './plan-options.ts';
import { lackedBy, planned } from './planned.ts';

/**
 * `npm run plan`: the runs that the store lacks of a profile (SPILLOVER_PROFILE, else standard), lineage by lineage, with about how long
 * they take, how they are shared out to shards, and all of that as JSON. Trains nothing.
 */
export async function plan(called: Called): Promise<void> {
  const { shards, json } = optionsIn(called.rest, PLAN_OPTIONS, USAGE);
  const count = shards === undefined ? 1 : numberOf('shards', shards, { least: 1, most: 100_000, usage: USAGE });
  const { configuration, lineages } = await planned(called);
  const { profile, engine, folder } = configuration;
  const lacked = lackedBy({ configuration }, lineages);
  const of = shardsOf(lineages, count);
  const runs = lineages.reduce((sum, each) => sum + each.runs.length, 0);
  const total = { runs: sumOf(lacked, 'runs'), seconds: sumOf(lacked, 'seconds') };
  process.stdout.write(
    `profile ${profile} on ${engine}, store ${folder}: ${lineages.length} lineages, ${runs} runs, of which ${total.runs} are missing, about ${duration(1000 * total.seconds)} of one core\n`,
  );
  for (let index = 1; index <= count && count > 1; index++) {
    const own = lacked.filter((_, i) => of[i] === index);
    process.stdout.write(
      `shard ${index}/${count}: ${own.length} lineages, ${sumOf(own, 'runs')} runs missing, about ${duration(1000 * sumOf(own, 'seconds'))}\n`,
    );
  }
  if (json === undefined) return;
  const lines = lineages.map(({ name, seed, runs: all, seconds }, i) => ({
    ...{ name, seed, shard: of[i], runs: all.length, seconds },
    missing: { runs: lacked[i]?.runs, seconds: lacked[i]?.seconds },
  }));
  const file = { format: 1, plan: planDigest(lineages), profile, engine, shards: count, lineages: lines };
  writeWhole(resolve(json), `${JSON.stringify(file, null, 2)}\n`);
  process.stdout.write(`${json}: plan ${file.plan.slice(0, 12)}\n`);
}

const sumOf = (all: readonly { readonly runs: number; readonly seconds: number }[], key: 'runs' | 'seconds'): number =>
  all.reduce((sum, each) => sum + each[key], 0);
