import { expect, inject, test } from 'vitest';
import { sidedText } from '../claims/describe.ts';
import { provenStatistics } from '../claims/known-answers.ts';
import { isTested, told } from '../claims/tested.ts';
import { openProject } from '../project/project.ts';
import type { DeclaredImport } from './claim.ts';
import type { ImportedEvidence } from './evidence.ts';
import { judgeImported } from './gather.ts';
import { differsFrom, importedRegistryOf, readImported } from './registry.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** What the verdict of a claim about the records of others rests on; the reporter reads it here. */
    imported?: ImportedEvidence;
  }
}

/** Makes a declaration a test of the file that it is in, where `isTested` says so. */
export function registerImportedTest(declared: DeclaredImport): void {
  if (!isTested(declared)) return;
  const { id, statement } = declared.spec;
  test(`${id} ${statement}`, async ({ task, annotate }) => {
    expect(provenStatistics(), 'statistics that decide, against known answers').toEqual([]);
    const project = await openProject(told(inject('spillover')));
    const [evidence] = (await judgeImported([declared], project)) as [ImportedEvidence];
    task.meta.imported = evidence;
    const { verdict, estimate } = evidence.judgement;
    await annotate(`${id} ${verdict}: ${sidedText(estimate, evidence.prediction)} ${evidence.unit}`, 'verdict');
    const differs = differsFrom(evidence, readImported(importedRegistryOf(project))[id]);
    expect(differs, differs).toBeUndefined();
  });
}
