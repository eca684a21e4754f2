import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { PROJECT } from '../claims/configuration.ts';
import { canonical } from '../core/canonical.ts';
import { readJsonAs } from '../core/json-file.ts';
import type { Retest } from './confirm.ts';
import type { Changes } from './factors.ts';

const schema = z.array(z.record(z.string(), z.number()));

const pathOf = (id: string): string => join(PROJECT, 'fixtures', 'pinned', `${id}.json`);

/** Changes that were confirmed to flip a claim's verdict and are tested again in every exploration. */
export function readPinned(id: string): Changes[] {
  const path = pathOf(id);
  if (!existsSync(path)) return [];
  return readJsonAs(path, schema, 'a list of changes, each a factor with its value', 'restore the file or remove it');
}

/** Adds confirmed flips to a claim's pinned ones. */
export function writePinned(id: string, flips: readonly Retest[]): void {
  const all = new Map(
    [...readPinned(id), ...flips.map(({ changes }) => changes)].map((each) => [canonical(each), each]),
  );
  if (all.size === 0) return;
  mkdirSync(dirname(pathOf(id)), { recursive: true });
  writeFileSync(pathOf(id), `${JSON.stringify([...all.values()], null, 2)}\n`);
}
