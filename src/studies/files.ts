import { readFileSync } from 'node:fs';
import { exportOf, hypothesisFiles, isAboutRecords } from '../claims/files.ts';
import { InputError } from '../core/errors.ts';
import type { DeclaredImport } from './claim.ts';

/** How a hypothesis file comes to `imported`: the only way there is, so that no other file needs to be loaded. */
const IMPORTS = /from\s+['"](?:spillover\/imported|[^'"]*\/src\/imported\.ts)['"]/;

/**
 * The claims about the records of others that the hypothesis files of a folder declare, in the order of the file names. Throws `InputError`
 * where two have one id.
 */
export async function declaredImports(folder: string): Promise<DeclaredImport[]> {
  const paths = hypothesisFiles(folder).filter((path) => IMPORTS.test(readFileSync(path, 'utf8')));
  const all = await Promise.all(paths.map(exportOf));
  const declared = all.filter(isAboutRecords) as DeclaredImport[];
  const ids = declared.map(({ spec }) => spec.id);
  const twin = declared.find(({ spec }, i) => ids.indexOf(spec.id) !== i);
  if (twin === undefined) return declared;
  throw new InputError(`two claims with the id ${twin.spec.id}`, {
    expected: 'an id of its own for every hypothesis file',
    got: declared
      .filter(({ spec }) => spec.id === twin.spec.id)
      .map(({ path }) => path)
      .join(' and '),
    todo: 'change one of them',
  });
}
