import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Evidence } from '../claims/evidence.ts';
import { registryOf } from '../claims/example.test.helper.ts';
import { registryText } from '../claims/registry-file.ts';
import { hypothesis, type ScratchProject, scratchProject, VITEST } from './scratch-project.test.helper.ts';

// The gate of a project whose claims train nothing and are registered: parts of a run, merged ones, and forged evidence.

let project: ScratchProject;
let registered: readonly Evidence[];
const vitest = (...args: string[]) => project.run(VITEST, ['run', '--project', 'hypotheses', ...args]);
const shard = (part: string) => vitest(`--shard=${part}`, '--reporter=blob', `--outputFile=blobs/${part[0]}.json`);
const merged = (folder: string) => project.run(VITEST, ['run', `--merge-reports=${folder}`]);
const measured = (): Evidence[] =>
  (JSON.parse(readFileSync(join(project.folder, 'reports/latest/claims.json'), 'utf8')) as { claims: Evidence[] })
    .claims;

beforeAll(async () => {
  project = scratchProject({ 'p91.test.ts': hypothesis('P91', 1), 'p92.test.ts': hypothesis('P92', 0) });
  await vitest();
  registered = measured();
  project.put('reports/claims.lock.json', registryText(registryOf(registered)));
});
afterAll(() => rmSync(project.folder, { recursive: true }));

test('a shard is a partial run; merged, all shards are a full run, and one alone lacks what it did not run', async () => {
  const shards = await Promise.all([shard('1/2'), shard('2/2')]);
  for (const { code, stdout, stderr } of shards) {
    expect(code, stderr).toBe(0);
    expect(`${stdout}${stderr}`).toMatch(/partial run: 1 of 2 registered claims/);
  }
  const both = await merged('blobs');
  expect(both.code, both.stderr).toBe(0);
  expect(both.stdout).toMatch(/P91 [\s\S]*P92 [\s\S]*\n2 of 2 registered claims/);
  rmSync(join(project.folder, 'blobs', '2.json'));
  const one = await merged('blobs');
  expect(one.code).toBe(1);
  expect(one.stderr).toMatch(/is registered and did not run to its end/);
});

test('a claim of a larger profile is skipped with its reason, and its file lacks nothing in a full run', async () => {
  project.put('hypotheses/p93.test.ts', hypothesis('P93', 1, 'standard'));
  const { code, stdout, stderr } = await vitest();
  rmSync(join(project.folder, 'hypotheses/p93.test.ts'));
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/\n2 of 2 registered claims/);
  expect(stdout).toMatch(/1 skipped/);
});

test('a filtered run that looked at nothing is not a pass', async () => {
  const { code, stderr } = await vitest('-t', 'no such claim');
  expect(code).toBe(1);
  expect(stderr).toMatch(/no claim ran/);
});

test('evidence that a test forges, with every number as registered, keeps the gate shut', async () => {
  const forged = registered.find(({ id }) => id === 'P91');
  project.put(
    'hypotheses/p91.test.ts',
    `import { test, expect } from 'vitest';
     test('P91 a claim', ({ task }) => { task.meta.evidence = ${JSON.stringify(forged)}; expect(1).toBe(1); });`,
  );
  const { code, stderr } = await vitest();
  project.put('hypotheses/p91.test.ts', hypothesis('P91', 1));
  expect(code).toBe(1);
  expect(stderr).toMatch(/evidence of P91 is of files that are not here, or that declare no claim/);
});

test('a configuration that is edited while claims run keeps the gate shut', async () => {
  const config = readFileSync(join(project.folder, 'spillover.config.ts'), 'utf8');
  const editing = "import { appendFileSync } from 'node:fs';\nappendFileSync('spillover.config.ts', '// edited');\n";
  project.put('hypotheses/p91.test.ts', `${editing}${hypothesis('P91', 1)}`);
  const { code, stderr } = await vitest();
  project.put('hypotheses/p91.test.ts', hypothesis('P91', 1));
  project.put('spillover.config.ts', config);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /the gate is shut:[\s\S]*the code changed since this run began[\s\S]*another spillover\.config\.ts/,
  );
});
