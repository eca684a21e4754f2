import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../core/errors.ts';
import { importFile } from '../core/modules.ts';
import { type Declared, isClaim } from './declared.ts';
import { type PlacedArm, placedName } from './placed.ts';
import { armsAtTargets } from './targets.ts';

/** The hypothesis files of a folder, in the order of their names. Throws `InputError` where there is no such folder. */
export function hypothesisFiles(folder: string): string[] {
  if (!existsSync(folder)) {
    throw new InputError('no hypotheses', {
      expected: 'a folder of hypothesis files, each NAME.test.ts',
      got: `no folder ${folder}`,
      todo: 'make it, or name another one as `hypotheses` in spillover.config.ts',
    });
  }
  const names = readdirSync(folder).filter((file) => file.endsWith('.test.ts'));
  return names.sort().map((name) => join(folder, name));
}

/** The text of every hypothesis file of a folder: what can be known of claims without loading them. */
export const hypothesisTexts = (folder: string): string[] =>
  hypothesisFiles(folder).map((path) => readFileSync(path, 'utf8'));

/** What a hypothesis file declares. Throws `InputError` where there is no such file, or its default export is no claim that trains. */
export async function declaredIn(path: string): Promise<Declared> {
  const declared = await exportOf(path);
  if (isDeclared(declared)) return declared;
  throw noClaim(path, 'a claim about the records of others');
}

/** What a hypothesis file exports. Throws `InputError` where there is no such file, or its default export is no claim at all. */
export async function exportOf(path: string): Promise<Declared | AboutRecords> {
  if (!existsSync(path)) throw noClaim(path, 'no such file');
  const declared: unknown = (await importFile(path))['default'];
  if (isDeclared(declared) || isAboutRecords(declared)) return declared;
  throw noClaim(path, `a default export of type ${typeof declared}`);
}

const noClaim = (path: string, got: string): InputError =>
  new InputError(`${path} declares no claim`, {
    expected: 'export default claim(import.meta.url, { id, statement, ... }, estimate)',
    got,
    todo: 'copy another hypothesis file and edit it, or move this file out of hypotheses/',
  });

/** A declaration about the records of others, which trains nothing and is judged by itself. */
export interface AboutRecords {
  readonly spec: { readonly id: string; readonly study: string };
  readonly path: string;
}

/**
 * What the hypothesis files of a folder declare, in the order of the file names, but for those about the records of others.
 * Throws `InputError` on a file whose default export is no claim, and where two files declare the same id.
 */
export async function declaredClaims(folder: string): Promise<Declared[]> {
  const all: (Declared | AboutRecords)[] = [];
  for (const path of hypothesisFiles(folder)) {
    const declared = await exportOf(path);
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
  return all.filter(isDeclared);
}

/** Whether a declaration is one about the records of others. */
export const isAboutRecords = (value: unknown): value is AboutRecords =>
  typeof (value as Partial<AboutRecords> | undefined)?.spec?.study === 'string';

const isDeclared = (value: unknown): value is Declared =>
  typeof (value as Partial<Declared> | undefined)?.gather === 'function';

/** Every arm that claims about registered setups compare, each once. */
export function armsOf(declared: readonly Declared[]): PlacedArm[] {
  const all = declared.filter(isClaim).flatMap(({ spec }) => Object.values(armsAtTargets(spec)));
  return [...new Map(all.map((arm) => [placedName(arm), arm])).values()];
}
