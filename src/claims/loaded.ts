import { fileURLToPath } from 'node:url';
import { sourcesHash } from '../lab/code.ts';
import type { Declared } from './declared.ts';

/** The file of a module's URL, with the hash of its sources now: as it is loaded, these are what runs. See `sourcesHash`. */
export function loadedFrom(url: string): Pick<Declared, 'path' | 'text'> {
  const path = fileURLToPath(url);
  return { path, text: sourcesHash(path) };
}
