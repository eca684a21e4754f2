import { doLineages } from '../lab/do-lineages.ts';
import { planDigest, shardIn } from '../lab/shards.ts';
import type { Called } from './called.ts';
import { optionsIn } from './options.ts';
import { planned } from './planned.ts';
import { shardAsked } from './shard-options.ts';
import { USAGE, WORK_OPTIONS } from './work-options.ts';

/**
 * `npm run work`: trains and measures what the store lacks of a shard of a profile (SPILLOVER_PROFILE, else standard), whole lineages, and
 * judges nothing. Any number of them may share a store: each run is made once. A run that ends without an outcome, since its network
 * diverged, is told and judged later.
 */
export async function work(called: Called): Promise<void> {
  const shard = shardAsked(optionsIn(called.rest, WORK_OPTIONS, USAGE), process.env);
  const { configuration, lineages } = await planned(called);
  const { profile, engine, folder } = configuration;
  const own = shard === undefined ? lineages : shardIn(lineages, shard);
  const name = shard === undefined ? 'all' : `shard ${shard.index}/${shard.count}`;
  const runs = own.reduce((sum, each) => sum + each.runs.length, 0);
  process.stderr.write(
    `plan ${planDigest(lineages).slice(0, 12)}, profile ${profile}, ${name}: ${own.length} of ${lineages.length} lineages, ${runs} runs, on ${engine}, store ${folder}\n`,
  );
  const faults = await doLineages(own, configuration, process.stderr);
  for (const [run, fault] of faults) process.stderr.write(`${run}: no outcome, ${fault}\n`);
  process.stdout.write(`${name}: done\n`);
}
