import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonical, hashOf } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import { armName } from '../train/arm.ts';
import { keysOf, readObservation } from './keys.ts';
import { type PoolEvents, runJobs } from './pool.ts';
import type { ProgressSink } from './progress.ts';
import { openStore } from './store.ts';
import type { Study } from './study.ts';

/**
 * Does one finished run of a study again, drawn at random among its SDFT and SFT arms (they take seconds), from the stored
 * base but in a store of its own, and compares every number. Bases, RL and null arms are not done again, and a run that
 * trained together with others is not comparable with one alone. Throws `InvariantError` when a number differs: then a
 * record is not what its key says, and nothing that rests on the store can be trusted. Says on `sink` what it compared.
 */
export async function auditOneRun(
  { setup, engine, seeds, arms }: Study,
  folder: string,
  sink: ProgressSink,
): Promise<void> {
  const quick = arms.filter(({ method }) => method !== 'rl' && method !== 'null');
  if (quick.length === 0 || seeds.length === 0) return;
  const [seed, arm] = [pick(seeds), pick(quick)];
  const lineage = { setup, seed, engine };
  const store = openStore(folder);
  const base = store.read('base', keysOf(lineage).base);
  const kept = readObservation(store, lineage, arm);
  if (base === undefined || kept === undefined) throw new InvariantError('an audit needs a finished study');
  const scratch = mkdtempSync(join(tmpdir(), 'spillover-audit-'));
  try {
    const again = openStore(scratch);
    again.write(base);
    const id = `seed ${seed} ${armName(arm)} again`;
    const events: PoolEvents = {
      started: () => {},
      stepped: () => {},
      finished: () => {},
      reported: (message) => sink.write(`${message}\n`),
    };
    await runJobs([{ id, after: [], setup, bases: [], groups: [[{ seed, arm }]] }], {
      ...{ engine, folder: scratch, workers: 1, events },
    });
    const made = readObservation(again, lineage, arm);
    if (made === undefined) throw new InvariantError(`${id} left no observation`);
    if (canonical(made.devices) !== canonical(kept.devices)) {
      sink.write(
        `not comparable: ${id} ran on ${made.devices.join('; ')}, the stored run on ${kept.devices.join('; ')}\n`,
      );
    } else if (hashOf(made) === hashOf(kept)) {
      sink.write(`${id}: the same numbers as in the store\n`);
    } else {
      throw new InvariantError(
        `${id} gave other numbers than the store ${folder} holds: remove the store and find out what wrote to it`,
      );
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function pick<T>(items: readonly T[]): T {
  return items[randomInt(items.length)] as T;
}
