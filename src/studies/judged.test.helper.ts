import { expect } from 'vitest';
import { greaterThan } from '../claims/verdict.ts';
import { type DeclaredImport, imported } from './claim.ts';
import type { ImportedEvidence } from './evidence.ts';
import type { Item, Observation, StudyFacts } from './format.ts';
import { judgeStudy } from './judge.ts';
import { readStudy } from './read.ts';
import { FACTS, rowsOfSeeds, studyIn } from './small.test.helper.ts';
import type { ImportedSpec } from './spec.ts';

export const SPEC: ImportedSpec<'rl' | 'sdft'> = {
  ...{
    id: 'T1',
    statement: 'RL spreads further',
    study: 'x',
    estimand: 'Spread of RL less of documents',
    unit: 'share',
  },
  ...{
    prediction: greaterThan(0.1),
    arms: { rl: 'rl', sdft: 'sdft' },
    reads: { metric: 'rate', characters: 'bystander' },
  },
};
// Of another file: in a test's own it would be a test.
export const ELSEWHERE = new URL('./claim.ts', import.meta.url).href;
export type Change = Partial<ImportedSpec<'rl' | 'sdft'>>;

/** What a claim about a small study comes to. */
export async function judged(
  change: Change = {},
  rows: readonly Observation[] = rowsOfSeeds(),
  facts: StudyFacts = FACTS,
  items: readonly Item[] = [],
): Promise<ImportedEvidence> {
  const declared: DeclaredImport = imported(ELSEWHERE, { ...SPEC, ...change });
  const { arms, reads } = declared.spec;
  const read = await readStudy(studyIn(facts, rows, items), [{ arms: Object.values(arms), reads }]);
  const [found] = read.found;
  return judgeStudy(declared, read, found ?? expect.unreachable(), { file: 'hypotheses/t1.test.ts', study: 'x' });
}

/** What the small study says, with another unit of replication. */
export const unit = (to: StudyFacts['replication']['unit'], change: Partial<StudyFacts> = {}): StudyFacts => ({
  ...FACTS,
  ...change,
  replication: { ...FACTS.replication, unit: to },
});
