import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { concludingText, type Ended } from './counts.ts';
import { memoryOf, runsAll, withKnown } from './memory.ts';
import { treeOf } from './tree.ts';

let project: string;
const at = (...path: string[]): string => join(project, ...path);
const put = (path: string, text: string): void => {
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), text);
};
const git = (...args: string[]): unknown => execFileSync('git', args, { cwd: project, stdio: 'pipe' });
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'memory-test-'));
  put('src/a.ts', 'a');
  put('reports/published/index.html', 'pages');
  put('node_modules/.package-lock.json', '{}');
});
afterEach(() => rmSync(project, { recursive: true }));

const asRepository = (): void => {
  put('.gitignore', 'node_modules/\n.spillover/\nreports/latest/\n');
  git('init', '--quiet', '--template=');
  git('add', '.');
};

describe.each([
  ['a git repository', asRepository],
  ['a folder without git', () => {}],
])('the files of %s', (_, prepare) => {
  beforeEach(prepare);

  test.each<[string, () => void]>([
    ['a file that has another content', () => put('src/a.ts', 'b')],
    ['a file that was removed', () => rmSync(at('src/a.ts'))],
    ['a new file that nobody told git of', () => put('src/b.ts', '')],
    ['a file of another name', () => execFileSync('mv', [at('src/a.ts'), at('src/c.ts')])],
    ['a file of the published report', () => put('reports/published/index.html', 'others')],
    [
      'a file in the place of which is a link to the same text',
      () => {
        put('node_modules/a', 'a');
        rmSync(at('src/a.ts'));
        symlinkSync(at('node_modules/a'), at('src/a.ts'));
      },
    ],
    [
      'a repository within',
      () => {
        put('inner/b.ts', '');
        execFileSync('git', ['init', '--quiet'], { cwd: at('inner') });
      },
    ],
  ])('are others with %s', (_change, change) => {
    const before = treeOf(project);
    expect(treeOf(project)).toEqual(before);
    change();
    expect(treeOf(project).content).not.toBe(before.content);
  });

  test.runIf(process.platform !== 'win32')('are others where one may be run now', () => {
    const before = treeOf(project);
    chmodSync(at('src/a.ts'), 0o755);
    expect(treeOf(project).content).not.toBe(before.content);
  });

  test('are the same whatever a run writes, and whenever they were changed', () => {
    const before = treeOf(project);
    for (const path of ['node_modules/x', '.spillover/records/x', 'reports/latest/index.html']) put(path, 'new');
    utimesSync(at('src/a.ts'), 1, 1);
    const after = treeOf(project);
    expect(after.content).toBe(before.content);
    expect(after.times).not.toBe(before.times);
  });
});

test('files that only the user’s own settings hide from git count', () => {
  asRepository();
  const before = treeOf(project);
  put('.git/info/exclude', '*.ts\n');
  put('src/hidden.ts', '');
  expect(treeOf(project).content).not.toBe(before.content);
});

describe('what passed', () => {
  const passed: Ended = { passed: 5, failed: 0, skipped: new Map([['no browser here', 2]]), whole: true };
  const places = () => ({ project, modules: at('node_modules'), kept: at('node_modules', '.cache', 'passed') });
  const memory = (all = false, environment: NodeJS.ProcessEnv = { SPILLOVER_BROWSER: 'none' }) =>
    memoryOf(['slow', 'calibration'], places(), { all, environment });
  const known = (...asked: Parameters<typeof memory>): string[] => [...memory(...asked).known.keys()];
  const learned = (ended: Partial<Ended>): void => memory().learn(new Map([['slow', { ...passed, ...ended }]]));

  test('is known on the same files, and counted as skipped with the time and the command that runs it', () => {
    expect(known()).toEqual([]);
    learned({});
    expect(known()).toEqual(['slow']);
    const counts = withKnown(
      { passed: 3, failed: 1, skipped: new Map([['no browser here', 1]]) },
      memory(),
      'npm test -- --all',
    );
    expect(concludingText(counts)).toMatch(
      /^skipped: 3 \(no browser here\); 5 \(passed on this very tree at \d{4}-\d\d-\d\d \d\d:\d\d UTC; npm test -- --all runs them again\)\n3 passed, 1 failed\n$/,
    );
  });

  test.each<[string, () => void]>([
    ['a file changed', () => put('src/a.ts', 'b')],
    ['other packages were installed', () => put('node_modules/.package-lock.json', '{"a": 1}')],
    ['nothing tells what is installed', () => rmSync(at('node_modules/.package-lock.json'))],
    ['the cache was removed', () => rmSync(at('node_modules/.cache/passed'), { recursive: true })],
  ])('is not known where %s', (_, change) => {
    learned({});
    change();
    expect(known()).toEqual([]);
  });

  test.each<[string, NodeJS.ProcessEnv]>([
    ['SPILLOVER_ENGINE', { SPILLOVER_ENGINE: 'tfjs:cpu', SPILLOVER_BROWSER: 'none' }],
    ['SPILLOVER_BROWSER', { SPILLOVER_BROWSER: process.execPath }],
    ['NODE_OPTIONS', { NODE_OPTIONS: '--no-warnings', SPILLOVER_BROWSER: 'none' }],
    ['LD_LIBRARY_PATH', { LD_LIBRARY_PATH: '/x', SPILLOVER_BROWSER: 'none' }],
  ])('is not known with another %s, and still with the old one', (_, environment) => {
    learned({});
    expect(known(false, environment)).toEqual([]);
    expect(known(false, { SPILLOVER_BROWSER: 'none', TERM: 'another terminal' })).toEqual(['slow']);
  });

  test('is not known with a browser that was updated', () => {
    const browser = at('node_modules', 'browser');
    writeFileSync(browser, '', { mode: 0o755 });
    const environment = { SPILLOVER_BROWSER: browser };
    memory(false, environment).learn(new Map([['slow', passed]]));
    expect(known(false, environment)).toEqual(['slow']);
    writeFileSync(browser, 'new', { mode: 0o755 });
    expect(known(false, environment)).toEqual([]);
  });

  test.each<[string, Partial<Ended>]>([
    ['failed', { failed: 1 }],
    ['ran in part', { whole: false }],
    ['had no test that ran', { passed: 0 }],
  ])('is not what %s', (_, ended) => {
    learned(ended);
    expect(known()).toEqual([]);
  });

  test('is not what another project did, or one that is never remembered', () => {
    memory().learn(new Map([['hypotheses', passed]]));
    expect(known()).toEqual([]);
  });

  test('is nothing of a run during which a file changed, also where it was changed back', () => {
    for (const during of [() => put('src/a.ts', 'b'), () => put('src/a.ts', 'a'), () => put('src/new.ts', '')]) {
      const run = memory();
      during();
      run.learn(new Map([['slow', passed]]));
      expect(known()).toEqual([]);
    }
  });

  test('is run all the same where that is asked for, and kept', () => {
    expect(known(true)).toEqual([]);
    memory(true).learn(new Map([['slow', passed]]));
    expect(known(true)).toEqual([]);
    expect(known()).toEqual(['slow']);
    expect([runsAll(true, {}), runsAll(false, { CI: 'true' }), runsAll(false, { CI: '1' })]).toEqual([
      true,
      true,
      true,
    ]);
    expect([runsAll(false, {}), runsAll(false, { CI: '' }), runsAll(false, { CI: 'false' })]).toEqual([
      false,
      false,
      false,
    ]);
  });

  const record = (): string =>
    at('node_modules/.cache/passed', readdirSync(at('node_modules/.cache/passed'))[0] as string);

  test.each<[string, (text: string) => string]>([
    ['cut short', (text) => text.slice(0, -9)],
    ['empty', () => ''],
    ['another count', (text) => text.replace('"passed": 5', '"passed": 6')],
    ['fewer skipped tests', (text) => text.replace('"no browser here",\n      2', '"no browser here",\n      1')],
    ['of another project', (text) => text.replace('"slow"', '"calibration"')],
    ['another form', () => '{"passed": 5}'],
  ])('is not known where its record is %s', (_, damage) => {
    learned({});
    const text = readFileSync(record(), 'utf8');
    const damaged = damage(text);
    expect(damaged).not.toBe(text);
    writeFileSync(record(), damaged);
    expect(known()).toEqual([]);
  });

  test('is not known under a key that its record does not have', () => {
    learned({});
    const old = record();
    put('src/a.ts', 'b');
    learned({});
    const files = readdirSync(at('node_modules/.cache/passed')).map((name) => at('node_modules/.cache/passed', name));
    writeFileSync(files.find((file) => file !== old) as string, readFileSync(old));
    expect(known()).toEqual([]);
  });

  test('is kept of the last few trees', () => {
    const texts = Array.from({ length: 15 }, (_, i) => `${i}`);
    for (const text of texts) {
      put('src/a.ts', text);
      learned({});
    }
    expect(readdirSync(at('node_modules/.cache/passed'))).toHaveLength(12);
    expect(known()).toEqual(['slow']);
  });
});
