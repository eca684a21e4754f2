import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { refuseForeign, replaceFolder } from './folder.ts';
import { entriesIn, MANIFEST, refuseLinks } from './manifest.ts';

let parent: string;
let folder: string;
let said: string[];
const say = (message: string): unknown => said.push(message);
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'folder-test-'));
  folder = join(parent, 'latest');
  said = [];
});
afterEach(() => rmSync(parent, { recursive: true }));

const put = (files: Readonly<Record<string, string>>, at = folder): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, name)), { recursive: true });
    writeFileSync(join(at, name), text);
  }
};
const replace = (files: Readonly<Record<string, string>>, explored = true): Promise<void> =>
  replaceFolder(folder, (staging) => put(files, staging), { explored, say });
const contents = (at = folder): Record<string, string> =>
  Object.fromEntries(
    entriesIn(at)
      .filter((name) => name !== MANIFEST)
      .map((name) => [name, readFileSync(join(at, name), 'utf8')]),
  );
/** What was set aside, without the folder of its own that each has. */
const setAside = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(contents(join(parent, 'set-aside'))).map(([name, text]) => [name.replace(/^[^/]+\//, ''), text]),
  );

describe('a report that is replaced', () => {
  test('is the new one, without a file of the old one', async () => {
    await replace({ 'index.html': '1', 'claim-H9.html': '1', 'figures/a.svg': '1' });
    await replace({ 'index.html': '2' });
    expect(contents()).toEqual({ 'index.html': '2' });
    expect(readdirSync(parent)).toEqual(['latest']);
    expect(said).toEqual([]);
  });

  test.each(['ENOSPC', 'EDQUOT'])('stays whole where the disk is full (%s), at any file', async (code) => {
    await replace({ 'index.html': '1', 'claims.json': '1' });
    const full = Object.assign(new Error(`${code}: no space`), { code });
    const writing = replaceFolder(folder, (staging) => {
      put({ 'index.html': '2' }, staging);
      throw full;
    });
    await expect(writing).rejects.toThrow(InputError);
    await expect(writing).rejects.toThrow(/what was there is as it was[\s\S]*free some space/);
    expect(contents()).toEqual({ 'index.html': '1', 'claims.json': '1' });
    expect(readdirSync(parent)).toEqual(['latest']);
  });

  test('stays whole where its writer breaks, and the fault is told as it is', async () => {
    await replace({ 'index.html': '1' });
    const writing = replaceFolder(folder, () => {
      throw new TypeError('a bug');
    });
    await expect(writing).rejects.toThrow(TypeError);
    expect(contents()).toEqual({ 'index.html': '1' });
  });

  test('is there again after a kill between the two renames, and is cleared up after one past them', async () => {
    await replace({ 'index.html': '1', 'claim-H9.html': '1' });
    renameSync(folder, join(parent, `.latest-previous-${randomUUID()}`));
    await replace({ 'index.html': '2' });
    expect(contents()).toEqual({ 'index.html': '2' });
    const previous = join(parent, `.latest-previous-${randomUUID()}`);
    await replaceFolder(previous, (staging) => put({ 'old.html': '0' }, staging));
    put({ 'notes.txt': 'mine' }, previous);
    await replace({ 'index.html': '3' });
    expect(contents()).toEqual({ 'index.html': '3', 'notes.txt': 'mine' });
    expect(readdirSync(parent)).toEqual(['latest']);
  });

  test('leaves what others are writing, and removes what killed ones left a day ago', async () => {
    const names = [`staging-${randomUUID()}`, `staging-${randomUUID()}`, 'staging-of-mine', 'previous-of-mine'];
    const [young, ...aged] = names.map((name) => join(parent, `.latest-${name}`)) as [string, ...string[]];
    for (const each of [young, ...aged]) put({ 'index.html': 'x' }, each);
    for (const each of aged) utimesSync(each, 0, 0);
    const linked = join(parent, `.latest-previous-${randomUUID()}`);
    symlinkSync(young, linked);
    await replace({ 'index.html': '1' });
    expect([young, ...aged].map((each) => existsSync(each))).toEqual([true, false, true, true]);
    expect(readdirSync(linked)).toEqual(['index.html']);
  });
});

describe('what is not ours', () => {
  test('stays: foreign files and folders, changed files, and what was there before any manifest', async () => {
    put({ 'index.html': 'old version', 'thesis.txt': 'mine' });
    await replace({ 'index.html': '1', 'page.html': '1' });
    expect(contents()).toEqual({ 'index.html': '1', 'page.html': '1' });
    expect(setAside()).toEqual({ 'index.html': 'old version', 'thesis.txt': 'mine' });
    put({ 'notes/a.txt': 'mine', 'store/records/x': 'mine', 'index.html': 'edited', 'page.html': 'edited' });
    await replace({ 'index.html': '2' });
    expect(contents()).toEqual({
      ...{ 'index.html': '2', 'page.html': 'edited' },
      ...{ 'notes/a.txt': 'mine', 'store/records/x': 'mine' },
    });
    expect(Object.values(contents(join(parent, 'set-aside')))).toContain('edited');
    expect(said.join('\n')).toMatch(/not of this run, set aside in .*set-aside.*: index.html, thesis.txt/);
  });

  test('is set aside where the new folder has a file in the place of its folder, or a folder in its own', async () => {
    await replace({ 'index.html': '1' });
    put({ 'a/b/c.txt': 'mine', d: 'mine too' });
    await replace({ a: 'ours', 'd/e.txt': 'ours' });
    expect(contents()).toEqual({ a: 'ours', 'd/e.txt': 'ours' });
    expect(setAside()).toEqual({ 'a/b/c.txt': 'mine', d: 'mine too' });
    expect(readdirSync(parent).sort()).toEqual(['latest', 'set-aside']);
  });

  test('that cannot be cleared up is left beside and told, and the new report stands', async () => {
    await replace({ 'index.html': '1' });
    put({ 'index.html': 'edited' });
    writeFileSync(join(parent, 'set-aside'), 'a file where a folder is wanted');
    await replace({ 'index.html': '2' });
    expect(contents()).toEqual({ 'index.html': '2' });
    expect(said.join()).toMatch(/latest is written; what was there before is left in .*\.latest-previous-/);
    rmSync(join(parent, 'set-aside'));
    await replace({ 'index.html': '3' });
    expect(Object.values(setAside())).toEqual(['edited']);
    expect(readdirSync(parent).sort()).toEqual(['latest', 'set-aside']);
  });

  test('is never reached through a link', async () => {
    const theirs = join(parent, 'theirs');
    put({ 'index.html': 'mine', 'claims.json': 'mine' }, theirs);
    symlinkSync(theirs, folder);
    await expect(replace({ 'index.html': '1' })).rejects.toThrow(/is no folder[\s\S]*got: a link[\s\S]*move it away/);
    expect(() => refuseLinks(folder)).toThrow(InputError);
    rmSync(folder);
    await replace({ 'index.html': '1' });
    symlinkSync(theirs, join(folder, 'figures'));
    await expect(replace({ 'figures/a.svg': '1' })).rejects.toThrow(/holds a link[\s\S]*got: figures/);
    expect(contents(theirs)).toEqual({ 'index.html': 'mine', 'claims.json': 'mine' });
  });

  test('is refused where a report goes to another folder, unless that is a report as we wrote it', async () => {
    expect(() => refuseForeign(folder)).not.toThrow();
    mkdirSync(folder);
    expect(() => refuseForeign(folder)).not.toThrow();
    put({ 'claims.json': '{}', 'index.html': 'mine' });
    expect(() => refuseForeign(folder)).toThrow(/holds no report of ours \(no manifest.json\)[\s\S]*got: claims.json/);
    put({ [MANIFEST]: 'mine' });
    expect(() => refuseForeign(folder)).toThrow(InputError);
    rmSync(folder, { recursive: true });
    await replace({ 'index.html': '1', 'explore-H1.json': '1' }, false);
    put({ 'notes.txt': 'mine' });
    expect(() => refuseForeign(folder)).not.toThrow();
    await replace({ 'index.html': '2', 'explore-H1.json': '2' }, false);
    expect(contents()).toEqual({ 'index.html': '2', 'explore-H1.json': '2', 'notes.txt': 'mine' });
    put({ 'index.html': 'edited' });
    expect(() => refuseForeign(folder)).toThrow(/was changed by somebody[\s\S]*changed since: index.html/);
  });
});

describe('explorations, which are written into the folder between runs', () => {
  test('stay where the new folder holds them, the newest of each, and are set aside where it does not', async () => {
    await replace({ 'claims.json': '1', 'explore-H1.json': 'a', 'explore-H2.json': 'b' });
    put({ 'explore-H1.json': 'newer' });
    await replace({ 'claims.json': '2', 'explore-H1.json': 'a' });
    expect(contents()).toEqual({ 'claims.json': '2', 'explore-H1.json': 'newer' });
    expect(setAside()).toEqual({ 'explore-H2.json': 'b' });
    expect(said.join()).toMatch(/not of this run, set aside in .*: explore-H2.json/);
  });
});

test('of several processes that replace one folder at once each does it whole, and the last one stays', async () => {
  const child = fileURLToPath(new URL('./folder.test.child.ts', import.meta.url));
  const execArgv = ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];
  const codes = ['a', 'b', 'c'].map(
    (name) =>
      new Promise((resolve) => {
        fork(child, [folder, name], { execArgv }).on('exit', resolve);
      }),
  );
  expect(await Promise.all(codes)).toEqual([0, 0, 0]);
  const all = contents();
  expect(Object.keys(all)).toHaveLength(31);
  expect(new Set(Object.values(all)).size).toBe(1);
  expect(readdirSync(parent)).toEqual(['latest']);
});
