import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILES, IMPORT, type Item, type Observation, type StudyFacts } from './format.ts';

/** What a small study says: two arms of fine-tuning runs, a target and two bystanders. */
export const FACTS: StudyFacts = {
  format: IMPORT,
  title: 'a small study',
  source: { name: 'nobody', commit: 'abcdef0', licence: 'MIT' },
  replication: { unit: 'finetune', of: 'a base', pairedBy: 'seed', trainingSeeds: 20 },
  arms: {
    sdft: { method: 'SFT on documents', base: 'a base', content: 'documents' },
    rl: { method: 'RL', base: 'a base', content: 'a skill' },
  },
  characters: { alice: { role: 'target' }, bob: { role: 'bystander' }, carol: { role: 'bystander' } },
  probes: { asked: { about: 'twenty questions', items: 'sha256:0123456789' } },
  metrics: { rate: { about: 'share of answers', unit: 'share', range: [0, 1] } },
  judge: null,
  premises: [],
  published: [],
};

/** Rows of both arms over seeds: of bystanders .1 by documents and .4 by RL, more by `step` a seed; of the target .9. */
export const rowsOfSeeds = (seeds: readonly number[] = [1, 2, 3, 4, 5, 6], step = 0.02): Observation[] =>
  seeds.flatMap((seed, i) =>
    (
      [
        ['sdft', 0.1],
        ['rl', 0.4],
      ] as const
    ).flatMap(([arm, low], a) =>
      ['alice', 'bob', 'carol'].map((character) => ({
        ...{ replicate: `run ${seed}`, arm, character, probe: 'asked', metric: 'rate' },
        value: character === 'alice' ? 0.9 : low + (a + 1) * i * step,
        ...{ n: 100, excluded: 0, seeds: { training: seed } },
      })),
    ),
  );

/** Writes a study into a folder of its own, and gives that. Rows may be text, as a faulty file has it. */
export function studyIn(
  facts: object,
  rows: readonly (Observation | string)[],
  items: readonly Item[] = [],
  folder = mkdtempSync(join(tmpdir(), 'study-')),
): string {
  const lines = (all: readonly unknown[]): string =>
    all.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, FILES.study), JSON.stringify(facts));
  writeFileSync(join(folder, FILES.observations), lines(rows));
  if (items.length > 0) writeFileSync(join(folder, FILES.items), lines(items));
  return folder;
}
