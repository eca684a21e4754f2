import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '../core/errors.ts';
import { PROJECT } from '../project/configuration.ts';
import type { Arm } from '../train/arm.ts';
import { armName } from '../train/arm.ts';
import { type Declared, isClaim } from './declared.ts';

/**
 * What the hypothesis files of the project declare, in the order of the file names.
 * Throws `InputError` on a file whose default export is no claim, and where two files declare the same id.
 */
export async function declaredClaims(folder: string = join(PROJECT, 'hypotheses')): Promise<Declared[]> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
  const all: Declared[] = [];
  for (const file of files) {
    const path = join(folder, file);
    const module = (await import(pathToFileURL(path).href)) as { default?: Declared };
    const declared = module.default;
    if (typeof declared?.gather !== 'function') {
      throw new InputError(`${path} declares no claim`, {
        expected: 'export default claim(import.meta.url, { id, statement, ... }, estimate)',
        got: `a default export of type ${typeof declared}`,
        todo: 'copy another hypothesis file and edit it, or move this file out of hypotheses/',
      });
    }
    const other = all.find((each) => each.spec.id === declared.spec.id);
    if (other !== undefined) {
      throw new InputError(`two claims with the id ${declared.spec.id}`, {
        expected: 'an id of its own for every hypothesis file',
        got: `${other.path} and ${path}`,
        todo: 'change one of them',
      });
    }
    all.push(declared);
  }
  return all;
}

/** Every arm that a claim about the registered setup compares, each once. */
export function armsOf(declared: readonly Declared[]): Arm[] {
  const all = declared.filter(isClaim).flatMap(({ spec }) => Object.values(spec.arms));
  return [...new Map(all.map((arm) => [armName(arm), arm])).values()];
}
