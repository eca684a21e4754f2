import { canonical } from '../core/canonical.ts';
import type { ProjectFiles } from '../project/project.ts';
import type { ImportedFile } from '../records/imported.ts';
import { declaredImports } from '../studies/files.ts';
import { judgeImported } from '../studies/gather.ts';
import { differsFrom, importedRegistryOf, readImported } from '../studies/registry.ts';
import type { Witness } from './collected.ts';

type Project = Pick<ProjectFiles, 'folder' | 'hypotheses' | 'registry'>;

/**
 * What a run says of the records of others, and what keeps that from being as registered. Every claim that was handed in is judged again
 * here, from its files: what a test says otherwise is a problem, as is evidence from another test than the claim's own and, in a full
 * run, a claim that handed in nothing or that no file declares any more.
 */
export async function collectedImports(
  witnesses: readonly Witness[],
  hypotheses: string,
  project: Project,
  partial: boolean,
): Promise<Omit<ImportedFile, 'format'>> {
  const handed = witnesses.flatMap(({ imported, ...from }) => (imported === undefined ? [] : [{ imported, from }]));
  const all = await declaredImports(project.hypotheses);
  const ids = handed.map(({ imported }) => imported.id);
  const claims = await judgeImported(
    all.filter(({ spec }) => ids.includes(spec.id)),
    project,
  );
  const registry = readImported(importedRegistryOf(project));
  const wrong = handed.flatMap(({ imported: { id, statement, file }, from }) => {
    const own = from.project === hypotheses && from.moduleId.replaceAll('\\', '/').endsWith(`/${file}`);
    if (!own || from.name !== `${id} ${statement}`)
      return [`evidence of ${id} came from another test than its own (${from.name})`];
    return from.tests === 1
      ? []
      : [`${file} holds other tests than that of ${id}: a hypothesis file makes one claim and nothing else`];
  });
  const forged = handed.flatMap(({ imported }) => {
    const here = claims.find(({ id }) => id === imported.id);
    return canonical(here ?? null) === canonical(imported)
      ? []
      : [`evidence of ${imported.id} is not what its study gives here`];
  });
  const twice = ids
    .filter((id, i) => ids.indexOf(id) !== i)
    .map((id) => `${id} is declared by two files: give one another id`);
  const missing = partial
    ? []
    : all.filter(({ spec }) => !ids.includes(spec.id)).map(({ spec }) => `${spec.id} did not run to its end`);
  const gone = Object.keys(registry).filter((id) => !all.some(({ spec }) => spec.id === id));
  const stray = partial
    ? []
    : gone.map((id) => `${id} is registered, and no file declares it: npm run register -- --remove ${id}`);
  const changed = claims.flatMap((each) => differsFrom(each, registry[each.id]) ?? []);
  return { claims, problems: [...wrong, ...forged, ...twice, ...missing, ...stray, ...changed] };
}
