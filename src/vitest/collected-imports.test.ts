import { beforeAll, expect, test } from 'vitest';
import { HERE } from '../project/here.test.helper.ts';
import type { ImportedEvidence } from '../studies/evidence.ts';
import { declaredImports } from '../studies/files.ts';
import { judgeImported } from '../studies/gather.ts';
import type { Witness } from './collected.ts';
import { collectedImports } from './collected-imports.ts';
import { HYPOTHESES } from './names.ts';

let all: ImportedEvidence[];
beforeAll(async () => {
  all = await judgeImported(await declaredImports(HERE.hypotheses), HERE);
});

const witness = (imported: ImportedEvidence, change: Partial<Witness> = {}): Witness => ({
  ...{ name: `${imported.id} ${imported.statement}`, project: HYPOTHESES, moduleId: `/somewhere/${imported.file}` },
  ...{ tests: 1, evidence: undefined, imported },
  ...change,
});
const problems = async (witnesses: readonly Witness[], partial = false): Promise<readonly string[]> =>
  (await collectedImports(witnesses, HYPOTHESES, HERE, partial)).problems;

test('what every claim handed in is judged again, and nothing is wrong with it', async () => {
  const { claims, problems: none } = await collectedImports(
    all.map((each) => witness(each)),
    HYPOTHESES,
    HERE,
    false,
  );
  expect(none).toEqual([]);
  expect(claims).toEqual(all);
});

test('a claim that did not run shuts the gate of a full run alone', async () => {
  const [first, ...others] = all;
  expect(await problems(others.map((each) => witness(each)))).toEqual([`${first?.id} did not run to its end`]);
  expect(
    await problems(
      others.map((each) => witness(each)),
      true,
    ),
  ).toEqual([]);
});

test.each([
  [
    'a verdict that its study does not give',
    (each: ImportedEvidence) => witness({ ...each, judgement: { ...each.judgement, verdict: 'refuted' } }),
    /is not what its study gives/,
  ],
  ['another test', (each: ImportedEvidence) => witness(each, { name: 'something else' }), /came from another test/],
  [
    'another file',
    (each: ImportedEvidence) => witness(each, { moduleId: '/elsewhere/x.test.ts' }),
    /came from another test/,
  ],
  ['another project', (each: ImportedEvidence) => witness(each, { project: 'unit' }), /came from another test/],
  ['a file with other tests', (each: ImportedEvidence) => witness(each, { tests: 2 }), /holds other tests/],
])('%s shuts the gate', async (_what, forged, said) => {
  const found = await problems([forged(all[0] ?? expect.unreachable())], true);
  expect(found).toEqual([expect.stringMatching(said)]);
});
