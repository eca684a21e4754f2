import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPower } from '../records/power.ts';
import { type ScratchProject, scratchProject, TSX } from './scratch-project.test.helper.ts';

// Power analyses in a copy of the project whose claims train networks so small that nothing is learned.

const hypothesis = (id: string, estimate: string, fields = ''): string => `
import { claim, drift, equivalentWithin, greaterThan, nullArm, targetEffect } from '../src/index.ts';

export default claim(
  import.meta.url,
  { id: '${id}', statement: 's', family: 'confirmatory', estimand: 'e', unit: 'TV', arms: { floor: nullArm() }, ${fields} },
  ({ floor }) => ${estimate},
);
`;
const H1 = hypothesis('H1', 'drift(floor)', 'prediction: greaterThan(0), interest: 0.5');
const H2 = hypothesis('H2', 'targetEffect(floor)', 'prediction: equivalentWithin(0.5)');

let project: ScratchProject;
const power = (...options: string[]) => project.run(TSX, ['src/cli/main.ts', 'power', ...options]);
const path = (): string => join(project.folder, 'reports', 'power.json');
const text = (): string => readFileSync(path(), 'utf8');

beforeEach(() => {
  project = scratchProject({ 'h1.test.ts': H1, 'h2.test.ts': H2 });
  project.put('spillover.config.ts', "export default { setups: { recipe: 'fixtures/setups/small.json' } };");
});
afterEach(() => rmSync(project.folder, { recursive: true }));

test('claims are analysed on development seeds, from the store the second time, and those that are not named keep theirs', async () => {
  const first = await power('--seeds', '2');
  expect(first.code, first.stderr).toBe(0);
  expect(first.stdout).toMatch(
    /^claim +predicted +interest +seeds[^\n]*\nH1 +> 0 +0\.5 +2 [^\n]*\nH2 +within ±0\.5 +0 +2 /,
  );
  expect(first.stdout).toMatch(/alpha 0\.025[\s\S]*alpha 0\.0125[\s\S]*written: commit reports\/power\.json/);
  const [one, two] = readPower(join(project.folder, 'reports'));
  expect(one).toMatchObject({ claim: 'H1', seeds: [9001, 9002], interest: 0.5, confirmatory: 2 });
  expect(two?.family?.alpha).toBe(0.0125);
  expect(existsSync(join(project.folder, 'reports', 'latest'))).toBe(false);
  const before = text();

  const again = await power('--claim', 'H2', '--seeds', '2');
  expect(first.stderr).not.toBe('');
  expect([again.code, again.stderr, text()]).toEqual([0, '', before]);

  project.put('hypotheses/h1.test.ts', H1.replace('0.5', '0.4'));
  const changed = await power('--claim', 'H2', '--seeds', '2');
  expect(changed.stdout).toMatch(/of another form of the claim[^\n]*--claim H1\n/);
  expect([changed.code, text()]).toEqual([0, before]);

  project.put('hypotheses/h3.test.ts', H1.replace(/'H1'/g, "'H3'"));
  await power('--claim', 'H3', '--seeds', '2');
  const family = readPower(join(project.folder, 'reports')).map((each) => [each.claim, each.confirmatory]);
  expect(family).toEqual([
    ['H1', 3],
    ['H2', 3],
    ['H3', 3],
  ]);

  for (const name of ['h1', 'h3']) rmSync(join(project.folder, 'hypotheses', `${name}.test.ts`));
  const gone = await power('--seeds', '2');
  expect(gone.stdout).toMatch(/no file declares them: H1,H3\n/);
  expect(readPower(join(project.folder, 'reports')).map(({ claim }) => claim)).toEqual(['H2']);

  project.put('reports/power.json', '{');
  const damaged = await power('--seeds', '2');
  expect([damaged.code, text()]).toEqual([1, '{']);
  expect(damaged.stderr).toMatch(/cannot load .*power\.json[\s\S]*to do: restore/);
});
