import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../core/errors.ts';
import { digestOf, type StoredRecord } from '../store/record.ts';
import { openStore, type Store } from '../store/store.ts';
import { devicesOf, placesOf, type Run, runName } from './redo.ts';
import type { PlannedLineage } from './shards.ts';

/** Names of runs that one message has room for. */
const MOST_NAMES = 6;

/** What a merge found: records that were copied, those that were there, and what made the runs, by device. */
export interface Merged {
  readonly copied: number;
  readonly present: number;
  /** Runs by the devices that made them, as records say, with the store that they came from. */
  readonly devices: ReadonlyMap<string, number>;
}

/**
 * Puts every record that a plan needs from some stores into another one. Throws `InputError`, with nothing written, where a store is none,
 * where a run of the plan is in none of them (of other code or another setup, it has another key), and where two hold a record of one key
 * that differs. Records that the plan does not need stay where they are.
 */
export function mergeStores(lineages: readonly PlannedLineage[], from: readonly string[], to: string): Merged {
  const target = openStore(to);
  const stores = [target, ...from.map(openSource)];
  const runs = lineages.flatMap((lineage) => lineage.runs);
  const missing = new Set<string>();
  const differing: string[] = [];
  for (const run of runs) {
    for (const [kind, key] of placesOf(run)) {
      const holding = stores.filter((store) => store.has(kind, key));
      const digests = holding.length < 2 ? [] : holding.flatMap((store) => store.read(kind, key) ?? []).map(digestOf);
      if (new Set(digests).size > 1) differing.push(`${runName(run)} (${kind}/${key.slice(0, 12)})`);
      if (!stores.some((store) => store.has(kind, key))) missing.add(runName(run));
    }
  }
  refuse(differing, {
    what: 'stores hold runs that differ',
    expected:
      'records of one key that are the same: one code makes them from one setup and seed, and devices of one type give the same',
    todo: 'keep what one type of device made, and make the other runs again',
  });
  refuse([...missing], {
    what: 'stores lack runs of the plan',
    expected: 'every run of this profile, of this code and these setups',
    todo: 'run what is missing (npm run work), or merge every store of the plan',
  });
  return copy(runs, stores, target);
}

function copy(runs: readonly Run[], stores: readonly Store[], target: Store): Merged {
  const devices = new Map<string, number>();
  let [copied, present] = [0, 0];
  for (const run of runs) {
    for (const [i, [kind, key]] of placesOf(run).entries()) {
      const isThere = target.has(kind, key);
      const record = firstOf(stores, kind, key);
      if (record === undefined)
        refuse([runName(run)], {
          what: `the only record ${kind}/${key.slice(0, 12)} is damaged`,
          expected: 'a record that is as it was written',
          todo: 'run it again (npm run work), then merge again: what was copied stays',
        });
      if (isThere) present++;
      else {
        target.write(record as StoredRecord);
        copied++;
      }
      const made = devicesOf(record as StoredRecord);
      if (i === 0) devices.set(made, (devices.get(made) ?? 0) + 1);
    }
  }
  return { copied, present, devices };
}

/** The record of the first store that has a sound one. */
function firstOf(stores: readonly Store[], kind: string, key: string): StoredRecord | undefined {
  for (const store of stores) {
    const record = store.has(kind, key) ? store.read(kind, key) : undefined;
    if (record !== undefined) return record;
  }
  return undefined;
}

/** A store that is there. Throws `InputError` where there is none: opening would make it. */
function openSource(folder: string): Store {
  if (existsSync(join(folder, 'spillover-store.json'))) return openStore(folder);
  throw new InputError(`there is no run store in ${folder}`, {
    expected: 'the folder of a store that npm run work or another run filled',
    got: existsSync(folder) ? 'another folder' : 'nothing',
    todo: 'correct the path',
  });
}

function refuse(
  names: readonly string[],
  of: { readonly what: string; readonly expected: string; readonly todo: string },
): void {
  if (names.length === 0) return;
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  throw new InputError(`nothing was merged: ${of.what}`, {
    expected: of.expected,
    got: `${names.slice(0, MOST_NAMES).join('; ')}${more}`,
    todo: of.todo,
  });
}
