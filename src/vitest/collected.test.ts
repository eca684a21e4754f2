import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Evidence } from '../claims/evidence.ts';
import { evidenceOf } from '../claims/example.test.helper.ts';
import { declaredIn } from '../claims/files.ts';
import { declaredHash } from '../claims/spec-hash.ts';
import { readConfiguration } from '../project/configuration.ts';
import { HERE } from '../project/here.test.helper.ts';
import { collected, type Witness } from './collected.ts';

const configuration = readConfiguration(HERE, {});
const file = 'hypotheses/h01-sdft-below-rl.test.ts';
const spec = declaredHash(await declaredIn(join(HERE.folder, file)), configuration);
const evidence: Evidence = evidenceOf('H1', [1, 2, 3], { file, files: [file], spec });
const witness: Witness = {
  ...{ name: `H1 ${evidence.statement}`, project: 'hypotheses', moduleId: `/somewhere/${file}`, tests: 1, evidence },
};
const problems = async (witnesses: readonly Witness[]): Promise<string> =>
  (await collected(witnesses, 'hypotheses', configuration)).problems.join('\n');

test('evidence counts that the only test of its own file made, on any machine; tests without any say nothing', async () => {
  const silent = { ...witness, project: 'unit', moduleId: '/x.test.ts', evidence: undefined };
  const windows = { ...witness, moduleId: `C:\\somewhere\\${file.replaceAll('/', '\\')}` };
  for (const each of [witness, windows])
    expect(await collected([each, silent], 'hypotheses', configuration)).toEqual({
      evidence: [evidence],
      problems: [],
    });
});

test.each<[string, Partial<Witness>, RegExp]>([
  ['a test of another project', { project: 'robustness' }, /H1 came from another test than its own/],
  ['a test of another file', { moduleId: '/somewhere/hypotheses/h02.test.ts' }, /another test than its own/],
  ['a file with two tests', { tests: 2 }, /holds other tests than that of H1/],
  ['a test of another name', { name: 'H1 something else' }, /holds other tests than that of H1/],
  [
    'a hash that its file does not have',
    { evidence: { ...evidence, spec: 'abc' } },
    /other files, another setup or other code/,
  ],
  [
    'a file that is not here',
    {
      evidence: { ...evidence, file: 'hypotheses/h99.test.ts', files: ['hypotheses/h99.test.ts'] },
      moduleId: '/somewhere/hypotheses/h99.test.ts',
    },
    /files that are not here/,
  ],
  [
    'files of which its own is not the first',
    { evidence: { ...evidence, files: ['src/index.ts', file] } },
    /another test/,
  ],
])('evidence from %s is a problem', async (_, fields, message) => {
  expect(await problems([{ ...witness, ...fields }])).toMatch(message);
});
