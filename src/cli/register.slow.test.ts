import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRegistry } from '../claims/registry-file.ts';
import { git } from '../claims/tree.ts';
import { type ScratchProject, scratchProject, TSX } from './scratch-project.test.helper.ts';

// Registering in a copy of the project whose confirmatory claims train nothing: their numbers stand in their files.

const hypothesis = (id: string, values: string): string => `
import { declare } from '../src/claims/claim.ts';
import { loadedFrom } from '../src/claims/loaded.ts';
import { declaredHash } from '../src/claims/spec-hash.ts';
import { judgeReplicates, numbersDigest } from '../src/claims/judging.ts';
import { greaterThan } from '../src/claims/verdict.ts';
import { hashOf } from '../src/core/canonical.ts';

const file = loadedFrom(import.meta.url);
const spec = { id: '${id}', statement: 'a claim', family: 'confirmatory', estimand: 'e', unit: 'TV', prediction: greaterThan(0) };
const gather = async (configuration) => {
  const { profile, engine, seeds } = configuration;
  const judging = judgeReplicates(spec, seeds, seeds.map(${values}), []);
  return {
    ...{ ...spec, arms: {}, mayFallShort: [], file: 'x', files: ['hypotheses/${id.toLowerCase()}.test.ts'], profile, engine, seeds },
    ...{ devices: ['none'], drawn: hashOf(seeds), ...judging, censored: [], targetEffects: {} },
    ...{ spec: declaredHash({ ...file, spec }, configuration), digest: numbersDigest({ id: spec.id, profile, seeds, ...judging }) },
  };
};
export default declare({ ...file, spec, gather });
`;
const SURE = '(_, i) => 1 + 0.1 * (i % 2)';
const BARELY = '(_, i) => [1, 0.2, 0.9, -0.1, 1.2, 0.6][i % 6]';
const NONE = '(_, i) => (i % 2 === 0 ? 1 : -1.2)';

let project: ScratchProject;
const registry = () => readRegistry(join(project.folder, 'reports/claims.lock.json'));
const text = (): string => readFileSync(join(project.folder, 'reports/claims.lock.json'), 'utf8');
const register = (...options: string[]) =>
  project.run(TSX, ['src/cli/main.ts', 'register', ...options], { SPILLOVER_PROFILE: 'quick' });
const commit = (): string => {
  git(project.folder, 'add', '-A');
  git(project.folder, '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'x', '--no-gpg-sign');
  return (git(project.folder, 'rev-parse', 'HEAD') as string).trim();
};

beforeEach(() => {
  project = scratchProject({ 'h1.test.ts': hypothesis('H1', SURE), 'h2.test.ts': hypothesis('H2', BARELY) });
  project.put('.gitignore', 'node_modules\n.spillover/\nreports/*\n!reports/claims.lock.json\n');
});
afterEach(() => rmSync(project.folder, { recursive: true }));

test('claims are registered one by one, with what changes shown; others keep their bytes, and history names commits', async () => {
  const empty = text();
  const asked = await register('--claim', 'H1');
  expect([asked.code, text()]).toEqual([1, empty]);
  expect(asked.stderr).toMatch(/no version control here[\s\S]*add --yes/);
  const first = await register('--all', '--yes');
  expect(first.code, first.stderr).toBe(0);
  expect(first.stderr).toMatch(/the history of the claims cannot name commits/);
  expect(first.stdout).toMatch(/^H1: not known whether it was declared before its seeds were read/m);
  for (const id of ['H1', 'H2'])
    expect(first.stderr.split(`${id} has no power analysis: npm run power -- --claim ${id}\n`)).toHaveLength(2);
  expect(first.stdout).toMatch(/^H1 {2}quick: verdict +- +-> supported$/m);
  expect(Object.keys(registry())).toEqual(['H1', 'H2']);
  expect(registry()['H2']?.profiles.quick?.familyVerdict).toBe('supported');

  git(project.folder, 'init', '-q');
  const registered = commit();
  const before = text();
  project.put('hypotheses/h1.test.ts', hypothesis('H1', '(_, i) => 2 + 0.1 * (i % 2)'));
  const dirty = await register('--claim', 'H1', '--yes');
  expect([dirty.code, text()]).toEqual([1, before]);
  expect(dirty.stderr).toMatch(/not committed[\s\S]*got: hypotheses\/h1\.test\.ts[\s\S]*commit these files/);
  commit();
  const shown = await register('--claim', 'H1');
  expect([shown.code, text()]).toEqual([1, before]);
  expect(shown.stderr).toMatch(/nobody is there to ask[\s\S]*add --yes/);
  const moved = await register('--claim', 'H1', '--yes');
  expect(moved.code, moved.stderr).toBe(0);
  expect(moved.stdout.startsWith(shown.stdout)).toBe(true);
  const since = `since ${registered.slice(0, 12)} changed: hypotheses/h1\\.test\\.ts`;
  expect(moved.stdout).toMatch(new RegExp(`^H1 +spec +\\S+ +-> \\S+ \\(${since}\\)$`, 'm'));
  expect(moved.stdout).toMatch(/^H1 +quick: mean +1\.05 TV +-> 2\.05 TV$/m);
  expect(moved.stdout).not.toMatch(/H2/);
  const head = git(project.folder, 'rev-parse', 'HEAD')?.slice(0, 12);
  expect(moved.stdout).toContain(`H1: its seeds were read before it was declared (commit ${head}): exploratory until`);
  expect(registry()['H1']?.profiles.quick?.holdout).toBe(false);
  expect(registry()['H1']?.history).toMatchObject([{ commit: registered, verdict: 'supported' }]);
  expect(text().endsWith(before.slice(before.indexOf('    "H2"')))).toBe(true);
});

test('a claim that makes the family larger is registered with those whose verdicts that changes; one without a file is taken out', async () => {
  git(project.folder, 'init', '-q');
  project.put('hypotheses/h1.test.ts', hypothesis('H3', NONE));
  commit();
  expect((await register('--claim', 'H2', '--yes')).code).toBe(0);
  const before = text();
  const alone = await register('--claim', 'H3', '--yes');
  expect([alone.code, text()]).toEqual([1, before]);
  expect(alone.stderr).toMatch(/H2 at quick: supported -> inconclusive[\s\S]*--claim H3 --claim H2/);
  rmSync(join(project.folder, 'hypotheses', 'h2.test.ts'));
  commit();
  const both = await register('--all', '--remove', 'H2', '--yes');
  expect(both.code, both.stderr).toBe(0);
  expect(Object.keys(registry())).toEqual(['H3']);
});

test('a configuration that is edited while claims are measured registers nothing', async () => {
  const editing = hypothesis('H1', SURE).replace(
    'const { profile,',
    "(await import('node:fs')).appendFileSync('spillover.config.ts', '// edited'); const { profile,",
  );
  project.put('hypotheses/h1.test.ts', editing);
  const empty = text();
  const edited = await register('--claim', 'H1', '--yes');
  expect([edited.code, text()]).toEqual([1, empty]);
  expect(edited.stderr).toMatch(/the code changed since this run began[\s\S]*got: another spillover\.config\.ts/);
});

test('a claim that is committed before anything is registered has unread seeds, and none is registered on seeds for development', async () => {
  git(project.folder, 'init', '-q');
  project.put('fixtures/seeds.json', JSON.stringify(Array.from({ length: 32 }, (_, i) => 9000 + i)));
  project.put('fixtures/development.json', JSON.stringify([8001, 8002]));
  commit();
  const refused = await register('--claim', 'H1', '--yes');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/seeds for development[\s\S]*got: 9001, 9002/);
  project.put('fixtures/seeds.json', JSON.stringify(Array.from({ length: 32 }, (_, i) => 201 + i)));
  commit();
  expect((await register('--claim', 'H1', '--yes')).stdout).not.toMatch(/were read/);
  expect(registry()['H1']?.declared?.commit).toBe(git(project.folder, 'rev-parse', 'HEAD~1')?.trim());
  expect(registry()['H1']?.profiles.quick?.holdout).toBe(true);
  commit();
  project.put('src/said.ts', 'export const HARNESS = 1;\n');
  project.put('hypotheses/h2.test.ts', hypothesis('H2', SURE));
  const changed = commit();
  expect((await register('--all', '--yes')).stdout).toMatch(
    new RegExp(`^H2: its seeds were read before it was declared \\(commit ${changed.slice(0, 12)}\\)`, 'm'),
  );
  expect(registry()['H1']?.profiles.quick?.holdout).toBe(true);
});
