import { resolve } from 'node:path';
import { mergeStores } from '../lab/merge.ts';
import { planDigest } from '../lab/shards.ts';
import { checkPlace } from '../store/place.ts';
import type { Called } from './called.ts';
import { mergeOptions } from './merge-options.ts';
import { planned } from './planned.ts';

/**
 * `npm run merge`: puts what the claims of a profile (SPILLOVER_PROFILE, else standard) rest on from several stores into one, and says which
 * devices made what. Nothing is written where a run is in none of the stores, or in two of them and not the same.
 */
export async function merge(called: Called): Promise<void> {
  const { from, to } = mergeOptions(called.rest);
  const { configuration, lineages } = await planned(called);
  const target = to === undefined ? configuration.folder : resolve(to);
  checkPlace(target, called.files.reports);
  const folders = from.map((each) => resolve(each));
  const { copied, present, devices } = mergeStores(lineages, folders, target);
  process.stdout.write(
    `plan ${planDigest(lineages).slice(0, 12)}, profile ${configuration.profile}: ${copied} records copied to ${target}, ${present} were there\n`,
  );
  for (const [device, runs] of devices) process.stdout.write(`${runs} runs made on ${device}\n`);
  process.stdout.write(`next: judge them with SPILLOVER_STORE=${target} npm run reproduce\n`);
}
