import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOMParser } from 'linkedom';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hypothesis, type ScratchProject, scratchProject, TSX, VITEST } from './scratch-project.test.helper.ts';

// A copy of the project whose claims train nothing, run as a user runs it.

let project: ScratchProject;
beforeAll(() => {
  project = scratchProject({ 'p91.test.ts': hypothesis('P91', 1), 'p92.test.ts': hypothesis('P92', 0) });
});
afterAll(() => rmSync(project.folder, { recursive: true }));
const claims = (...reporter: string[]) =>
  project.run(VITEST, ['run', '--project', 'hypotheses', ...reporter.map((each) => `--reporter=${each}`)]);
const reports = (name: string): string => join(project.folder, 'reports', name);
const read = (name: string): string => readFileSync(reports(name), 'utf8');
const idsIn = (name: string): string[] =>
  (JSON.parse(read(name)) as { claims: { id: string }[] }).claims.map(({ id }) => id);

test('the junit reporter writes XML and nothing else; the claims table stays readable', async () => {
  const { code, stdout, stderr } = await claims('junit');
  expect(code).toBe(1);
  const xml = new DOMParser().parseFromString(stdout, 'text/xml');
  expect(xml.querySelector('testsuites')?.getAttribute('tests')).toBe('2');
  expect([...xml.querySelectorAll('testcase')].map((each) => each.getAttribute('name'))).toEqual([
    'P91 a claim',
    'P92 a claim',
  ]);
  expect(stdout.trim()).toMatch(/^<\?xml[\s\S]*<\/testsuites>$/);
  expect(stderr).toMatch(/P91 {2}a claim .*supported[\s\S]*the gate is shut/);
  expect(idsIn('latest/claims.json')).toEqual(['P91', 'P92']);
});

test('the json reporter writes JSON and nothing else, and a run of some claims leaves that of all as it was', async () => {
  const before = read('latest/claims.json');
  writeFileSync(reports('latest/index.html'), 'pages');
  const { stdout, stderr } = await project.run(VITEST, ['run', 'hypotheses/p92', '--reporter=json']);
  expect(JSON.parse(stdout)).toMatchObject({ numTotalTests: 1 });
  expect(stderr).toMatch(/P92 [\s\S]*partial run/);
  expect(stderr).not.toMatch(/TensorFlow|Hi, looks like/);
  expect(idsIn('partial/claims.json')).toEqual(['P92']);
  expect([read('latest/claims.json'), read('latest/index.html')]).toEqual([before, 'pages']);
});

test('a start that fails, and ^C before the end, leave the last report as it was', async () => {
  const before = readdirSync(reports('latest')).map((name) => [name, read(`latest/${name}`)]);
  const main = ['src/cli/main.ts', 'reproduce'];
  const store = join(project.folder, 'store');
  const typo = await project.run(TSX, main, { SPILLOVER_ENGINE: 'onnx:cpo' });
  expect([typo.code, typo.stderr]).toEqual([1, expect.stringMatching(/unknown engine[\s\S]*got: 'onnx:cpo'/)]);
  const { child, ended } = project.start(TSX, main, { SPILLOVER_STORE: store, SPILLOVER_PROFILE: 'quick' });
  child.stderr?.on('data', (text: string) => {
    if (text.includes('changed setups on')) child.kill('SIGINT');
  });
  expect((await ended).code).not.toBe(0);
  expect(readdirSync(reports('latest')).map((name) => [name, read(`latest/${name}`)])).toEqual(before);
});
