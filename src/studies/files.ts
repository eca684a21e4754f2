import { readFileSync } from 'node:fs';
import { exportOf, hypothesisFiles, isAboutRecords } from '../claims/files.ts';
import type { DeclaredImport } from './claim.ts';

/** How a hypothesis file comes to `imported`: the only way there is, so that no other file needs to be loaded. */
const IMPORTS = /from\s+['"](?:spillover\/imported|[^'"]*\/src\/imported\.ts)['"]/;

/** The claims about the records of others that the hypothesis files of a folder declare, in the order of the file names. */
export async function declaredImports(folder: string): Promise<DeclaredImport[]> {
  const paths = hypothesisFiles(folder).filter((path) => IMPORTS.test(readFileSync(path, 'utf8')));
  const all = await Promise.all(paths.map(exportOf));
  return all.filter(isAboutRecords) as DeclaredImport[];
}
