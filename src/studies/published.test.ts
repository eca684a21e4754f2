import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HERE } from '../project/here.test.helper.ts';
import { adapters } from './adapters/index.ts';
import { declaredImports } from './files.ts';
import { FILES } from './format.ts';
import { judgeImported } from './gather.ts';
import { importStudy } from './import.ts';
import { readMapping } from './mapping.ts';

// Four public studies, and what is right of them by SciPy 1.17 (paired t test; ttest_ind with equal_var=False for X4).

const CHECKPOINT = /It may only conclude about this checkpoint/;
const RIGHT = {
  X1: { verdict: 'supported', numbers: [0.0855, 0.0531, 0.118], g: 1.03, said: CHECKPOINT },
  X1p: { verdict: 'supported', numbers: [0.022, 0.0038, 0.0402], g: 0.475, said: CHECKPOINT },
  X1d: { verdict: 'supported', numbers: [0.0635, 0.0368, 0.0903], g: 0.93, said: CHECKPOINT },
  X2: { verdict: 'supported', numbers: [0.108, 0.07, 0.146], g: 1.1, said: CHECKPOINT },
  X2p: { verdict: 'supported', numbers: [-0.0397, -0.071, -0.009], g: -0.502, said: CHECKPOINT },
  X3: { verdict: 'supported', numbers: [0.009, -0.028, 0.046], g: 0.16, said: CHECKPOINT },
  X3n: { verdict: 'inconclusive', numbers: [0.009, -0.028, 0.046], g: 0.16, said: CHECKPOINT },
  X4: { verdict: 'supported', numbers: [1264.3, 500.8, 2027.9], g: 1.04, said: /20 training seeds an arm/ },
  X4t: {
    verdict: 'supported',
    numbers: [1353.5, 29, 2678.1],
    g: 0.92,
    said: /which the claim reads: the study has 40/,
  },
  X4f: {
    verdict: 'inconclusive',
    numbers: [1630.7, -941.1, 4202.5],
    g: 0.89,
    said: /which the claim reads: the study has 40/,
  },
} as const;

test('published results are judged rightly, with what their replicates may conclude', async () => {
  const judged = await judgeImported(await declaredImports(HERE.hypotheses), HERE);
  expect(judged.map(({ id }) => id).sort()).toEqual(Object.keys(RIGHT).sort());
  for (const { id, judgement, sentence } of judged) {
    const { verdict, numbers, g, said } = RIGHT[id as keyof typeof RIGHT];
    const { estimate, interval, effectSize } = judgement;
    expect(judgement.verdict, id).toBe(verdict);
    const close = Math.max(...numbers.map(Math.abs)) > 10 ? 0.5 : 6e-4;
    for (const [i, number] of [estimate, interval.low, interval.high].entries())
      expect(Math.abs(number - (numbers[i] as number)), `${id} ${number}`).toBeLessThan(close);
    expect(effectSize, id).toBeCloseTo(g, 2);
    expect(sentence, id).toMatch(said);
  }
  const of = (id: string) => judged.find((each) => each.id === id)?.judgement;
  expect([of('X4')?.p, of('X4f')?.p, of('X4t')?.p].map((p) => p?.toPrecision(2))).toEqual(['0.0019', '0.17', '0.046']);
  expect(of('X3')?.equivalenceInterval).toMatchObject({
    low: expect.closeTo(-0.021, 3),
    high: expect.closeTo(0.039, 3),
  });
});

test.each([
  'persona-hierarchy-eval-awareness',
  'persona-hierarchy-negation',
  'persona-space-leakage',
  'rl-difference-testing',
])('%s is what its table and mapping give, and names the digest of that table', async (name) => {
  const studies = join(HERE.folder, 'fixtures/studies');
  const csv = adapters.find(({ id }) => id === 'csv') ?? expect.unreachable();
  const to = join(mkdtempSync(join(tmpdir(), 'study-')), name);
  await importStudy(csv, readMapping(join(studies, 'sources', `${name}.mapping.json`)), to);
  for (const file of [FILES.study, FILES.observations])
    expect(readFileSync(join(to, file), 'utf8')).toBe(readFileSync(join(studies, name, file), 'utf8'));
  const digest = createHash('sha256')
    .update(readFileSync(join(studies, 'sources', `${name}.csv`)))
    .digest('hex');
  expect(readFileSync(join(to, FILES.study), 'utf8')).toContain(`sha256:${digest}`);
});
