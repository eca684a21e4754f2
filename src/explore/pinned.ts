import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonical } from '../core/canonical.ts';
import { readJsonAs } from '../core/json-file.ts';
import { writeWhole } from '../core/whole-file.ts';
import type { Changes } from '../records/exploration.ts';
import { changed } from './changed.ts';
import type { Registered } from './factors.ts';

const schema = z.array(z.record(z.string(), z.number()));

/**
 * Changes that were confirmed to flip a claim's verdict and are tested again in every exploration. Throws `InputError` on a
 * file that holds anything else, and on changes that no longer make a valid setup.
 */
export function readPinned(id: string, registered: Registered, folder: string): Changes[] {
  const path = join(folder, `${id}.json`);
  if (!existsSync(path)) return [];
  const all = readJsonAs(
    path,
    schema,
    'a list of changes, each a factor with its value',
    'restore the file or remove it',
  );
  for (const changes of all) changed(registered, changes);
  return all;
}

/** Adds changes to the pinned ones of a claim, each once. */
export function writePinned(id: string, more: readonly Changes[], registered: Registered, folder: string): void {
  if (more.length === 0) return;
  const all = [...readPinned(id, registered, folder), ...more];
  const different = new Map(all.map((each) => [canonical(each), each]));
  const path = join(folder, `${id}.json`);
  writeWhole(path, `${JSON.stringify([...different.values()], null, 2)}\n`);
}
