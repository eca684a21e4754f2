import { existsSync } from 'node:fs';
import { withLock } from '../claims/lock.ts';
import { readRegistry } from '../claims/registry-file.ts';
import { InputError } from '../core/errors.ts';
import { writeWhole } from '../core/whole-file.ts';
import { type ProjectFiles, projectPath } from '../project/project.ts';
import { importedTable } from '../records/imported-table.ts';
import { declaredImports } from '../studies/files.ts';
import { judgeImported } from '../studies/gather.ts';
import { entryOf, type ImportedRegistry, importedRegistryOf, importedText, readImported } from '../studies/registry.ts';
import { answersYes } from './asked.ts';
import type { RegisterAsked } from './register-options.ts';

/**
 * Registers what is asked for of the claims about the records of others, in a file of their own beside the registry: judges them, shows what
 * that changes, asks and writes it. Gives what is left to be asked of the other claims.
 */
export async function registerImported(files: ProjectFiles, asked: RegisterAsked): Promise<RegisterAsked> {
  const path = importedRegistryOf(files);
  const found = readImported(path);
  const all = await declaredImports(files.hypotheses);
  const isDeclared = (id: string): boolean => all.some(({ spec }) => spec.id === id);
  const chosen = all.filter(({ spec }) => asked.claims === 'all' || asked.claims.includes(spec.id));
  const remove = asked.remove.filter((id) => Object.hasOwn(found, id) && !isDeclared(id));
  const others: RegisterAsked = {
    ...asked,
    claims: asked.claims === 'all' ? 'all' : asked.claims.filter((id) => !isDeclared(id)),
    remove: asked.remove.filter((id) => !remove.includes(id)),
  };
  if (chosen.length + remove.length === 0) return others;
  const own = existsSync(files.registry) ? readRegistry(files.registry) : {};
  const taken = chosen.find(({ spec }) => Object.hasOwn(own, spec.id));
  if (taken !== undefined)
    throw new InputError(`two claims with the id ${taken.spec.id}`, {
      expected: 'an id that no other claim has',
      got: `${taken.path}, and one of the registry`,
      todo: 'change it',
    });
  const judged = await judgeImported(chosen, files);
  const after = (now: ImportedRegistry): ImportedRegistry => {
    const kept = Object.entries(now).filter(([id]) => !remove.includes(id));
    return Object.fromEntries([...kept, ...judged.map((each) => [each.id, entryOf(each, now[each.id])] as const)]);
  };
  if (importedText(after(found)) === importedText(found)) return others;
  if (judged.length > 0) process.stdout.write(`${importedTable(judged)}\n`);
  for (const id of remove) process.stdout.write(`${id} is taken out\n`);
  const name = projectPath(files, path);
  if (!asked.yes && !(await answersYes(`Write this to ${name}?`, 'add --yes to write it'))) {
    process.stdout.write('nothing was registered\n');
    return others;
  }
  await withLock(`${path}.lock`, () => writeWhole(path, importedText(after(readImported(path)))));
  process.stdout.write(`registered: commit ${name}\n`);
  return others;
}
