import { join, resolve, sep } from 'node:path';
import { InputError } from '../core/errors.ts';
import { importedTable } from '../records/imported-table.ts';
import { studyFacts } from '../studies/facts.ts';
import { declaredImports } from '../studies/files.ts';
import { judgeImported } from '../studies/gather.ts';
import { differsFrom, importedRegistryOf, readImported } from '../studies/registry.ts';
import type { Called } from './called.ts';
import { judgeOptions } from './judge-options.ts';
import { sayWritten } from './written.ts';

/**
 * `npm run judge`: the claims of this project about the studies in a folder, with their report in `reports/imported` or the folder of
 * `--to`. Trains nothing and loads no engine. A verdict that is not as it is registered is told, and ends the command with 1.
 */
export async function judge({ rest, files }: Called): Promise<void> {
  const start = performance.now();
  const { folder, to } = judgeOptions(rest);
  const of = resolve(folder);
  const isOf = (study: string): boolean => `${resolve(files.folder, study)}${sep}`.startsWith(`${of}${sep}`);
  const declared = (await declaredImports(files.hypotheses)).filter(({ spec }) => isOf(spec.study));
  if (declared.length === 0) throw withoutClaims(of);
  const judged = await judgeImported(declared, files);
  process.stdout.write(`${importedTable(judged)}\n`);
  const registered = readImported(importedRegistryOf(files));
  const gone = Object.entries(registered).filter(
    ([id, { content }]) => isOf(content.study) && !declared.some(({ spec }) => spec.id === id),
  );
  const changed = [
    ...judged.flatMap((each) => differsFrom(each, registered[each.id]) ?? []),
    ...gone.map(([id]) => `${id} is registered, and no file declares it`),
  ];
  for (const line of changed) process.stderr.write(`${line}\n`);
  if (changed.length > 0) process.exitCode = 1;
  const { writeImportedReport } = await import('../report/write-imported.ts');
  const report = to === undefined ? join(files.reports, 'imported') : resolve(to);
  sayWritten(report, await writeImportedReport(judged, report), performance.now() - start);
}

/** What to do where no claim is about a folder: what the study has, if it is one. */
function withoutClaims(folder: string): InputError {
  const { arms, metrics, replication } = studyFacts(folder);
  return new InputError(`no claim is about ${folder}`, {
    expected: "a hypothesis file with imported(import.meta.url, { study: '...' , ... })",
    got: `a study of ${replication.unit}s with the arms ${Object.keys(arms).join(', ')} and the metrics ${Object.keys(metrics).join(', ')}`,
    todo: 'write one: docs/bring-your-own-results.md',
  });
}
