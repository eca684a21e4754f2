import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import { InputError } from '../core/errors.ts';
import { changedSince } from '../lab/code.ts';
import { type ProjectFiles, projectPath } from '../project/project.ts';
import type { Question } from './answer.ts';
import type { DeclaredImport } from './claim.ts';
import type { ImportedEvidence } from './evidence.ts';
import { judgeStudy } from './judge.ts';
import { readStudy } from './read.ts';

const questionOf = ({ spec: { arms, reads } }: DeclaredImport): Question => ({ arms: Object.values(arms), reads });

/**
 * Judges claims about the records of others, in their order: each study is read once. Throws `InputError` as `readStudy` and `judgeStudy`
 * do, and where a hypothesis file is another by now than was loaded.
 */
export async function judgeImported(
  declared: readonly DeclaredImport[],
  { folder }: Pick<ProjectFiles, 'folder'>,
): Promise<ImportedEvidence[]> {
  const judged = new Map<DeclaredImport, ImportedEvidence>();
  for (const study of new Set(declared.map(({ spec }) => spec.study))) {
    const own = declared.filter(({ spec }) => spec.study === study);
    refuseOutside(folder, study);
    const read = await readStudy(join(folder, study), own.map(questionOf));
    for (const [i, each] of own.entries()) {
      const file = projectPath({ folder }, each.path);
      const found = read.found[i];
      if (found !== undefined) judged.set(each, judgeStudy(each, read, found, { file, study }));
    }
  }
  for (const each of declared) refuseChanged(each, folder);
  return declared.flatMap((each) => judged.get(each) ?? []);
}

/** Throws `InputError` on a study that is not in the project: what is registered must be under its version control. */
function refuseOutside(folder: string, study: string): void {
  const path = join(folder, study);
  const real = existsSync(path) ? realpathSync(path) : path;
  if (!isAbsolute(study) && `${real}${sep}`.startsWith(`${realpathSync(folder)}${sep}`)) return;
  throw new InputError(`the study ${study}`, {
    expected: "a folder of the project, by its path from the project's",
    got: real,
    todo: 'put it into the project, and commit it',
  });
}

function refuseChanged({ path, text }: DeclaredImport, folder: string): void {
  const changed = changedSince([path], { beside: true });
  if (text !== null && changed.length === 0) return;
  throw new InputError(`${projectPath({ folder }, path)}, or what it imports, changed since this run began`, {
    expected: 'the text that was loaded',
    got: `another ${changed.join(', ')}`,
    todo: 'run again',
  });
}
