import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { registriesInGit } from './history.ts';
import { changedSince, decidingOf, git, uncommitted } from './tree.ts';

let root: string;
let project: string;
const put = (path: string, text: string): void => {
  mkdirSync(join(project, path, '..'), { recursive: true });
  writeFileSync(join(project, path), text);
};
const commit = (): string => {
  git(root, 'add', '-A');
  git(root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'x', '--no-gpg-sign');
  return (git(root, 'rev-parse', 'HEAD') as string).trim();
};

/** What may decide a claim of the project. */
const places = (): string[] =>
  decidingOf({
    folder: project,
    reports: join(project, 'reports'),
    registry: join(project, 'reports', 'claims.lock.json'),
  });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tree-test-'));
  // A project in a folder of a larger repository.
  project = join(root, 'projects', 'mine');
  put('hypotheses/h1.test.ts', 'a');
  put('reports/claims.lock.json', '{"claims": {}}');
});
afterEach(() => rmSync(root, { recursive: true }));

test('without version control nothing is known', () => {
  expect(uncommitted(project, places())).toBeUndefined();
  expect(changedSince(project, 'HEAD', places())).toEqual([]);
  expect(registriesInGit(join(project, 'reports', 'claims.lock.json'))).toEqual([]);
  git(root, 'init', '-q');
  put('.gitignore', '*');
  expect(uncommitted(project, places())).toBeUndefined();
});

test('files that decide a claim count where they are changed, new, staged or gone; others never', () => {
  git(root, 'init', '-q');
  expect(uncommitted(project, places())).toEqual(['hypotheses/h1.test.ts']);
  commit();
  expect(uncommitted(project, places())).toEqual([]);
  put('reports/claims.lock.json', '{}');
  put('docs/notes.md', 'x');
  expect(uncommitted(project, places())).toEqual([]);
  put('hypotheses/ü h2.test.ts', 'b');
  put('hypotheses/h1.test.ts', 'b');
  put('methods/mine.ts', 'x');
  put('package-lock.json', '{}');
  git(project, 'add', 'package-lock.json');
  expect(uncommitted(project, places())?.sort()).toEqual([
    'hypotheses/h1.test.ts',
    'hypotheses/ü h2.test.ts',
    'methods/mine.ts',
    'package-lock.json',
  ]);
  commit();
  rmSync(join(project, 'package-lock.json'));
  expect(uncommitted(project, places())).toEqual(['package-lock.json']);
});

test('what changed since a commit is named, and every registry is found with its commit', () => {
  git(root, 'init', '-q');
  const first = commit();
  put('hypotheses/h1.test.ts', 'b');
  put('src/a.ts', 'b');
  put('reports/claims.lock.json', '{"claims": {"H1": {"spec": "x", "profiles": {}}}}');
  const second = commit();
  expect(changedSince(project, first, places())).toEqual(['hypotheses/h1.test.ts', 'src/a.ts']);
  expect(changedSince(project, second, places())).toEqual([]);
  expect(changedSince(project, 'f'.repeat(40), places())).toEqual([]);
  expect(registriesInGit(join(project, 'reports', 'claims.lock.json'))).toEqual([
    { commit: first, registry: {} },
    { commit: second, registry: { H1: { spec: 'x', profiles: {} } } },
  ]);
});
