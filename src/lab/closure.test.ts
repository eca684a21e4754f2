import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, win32 } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashOf } from '../core/canonical.ts';
import { Sources, textHash } from './closure.ts';
import { packageFile } from './packages.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'closure-test-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (file: string, text: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};
const filesOf = (...roots: string[]): string[] =>
  [...new Sources().closure(roots.map((root) => join(folder, root))).files.keys()].map((file) =>
    file.slice(folder.length + 1),
  );
const packagesOf = (root: string): readonly string[] => new Sources().closure([join(folder, root)]).packages;

test('line ends and a byte order mark are no part of a hash; everything else is', () => {
  const text = 'one\ntwo\n';
  expect(textHash('one\r\ntwo\r\n')).toBe(textHash(text));
  expect(textHash(`\uFEFF${text}`)).toBe(textHash(text));
  for (const other of ['one\ntwo', 'one\n two\n', 'one\rtwo\n', 'one\n\uFEFFtwo\n'])
    expect(textHash(other)).not.toBe(textHash(text));
});

test.each([
  ["import { b } from './b.ts';", true],
  ["import './b.ts';", true],
  ["export * from './b.ts';", true],
  ["const b = await import('./b.ts');", true],
  ["import { type A, b } from './b.ts';", true],
  ["import {\n  a,\n  b,\n} from './b.ts';", true],
  ["// the world's own\nimport { b } from './b.ts'; // it's b", true],
  ["const child = new URL('./b.ts', import.meta.url);", true],
  ["import b from './b.js';", true],
  ["import b from './b';", true],
  ['import b from "./b.ts";', true],
  ["import type { b } from './b.ts';", false],
  ["export type { b } from './b.ts';", false],
  ["import type {\n  a,\n  b,\n} from './b.ts';", false],
  ["import type * as b from './b.ts';", false],
  ["import { c } from './c.ts';", false],
  ["export type A = number\nexport { b } from './b.ts'", true],
  ["// every import type of ours\nimport { b } from './b.ts'", true],
  ["import { b } from './b.ts?fresh';", true],
])('%j loads b.ts: %s', (text, loads) => {
  put('package.json', '{}');
  put('a.ts', `${text}\n`);
  put('b.ts', 'export const b = 1;\n');
  put('c.ts', 'export const c = 1;\n');
  expect(filesOf('a.ts').includes('b.ts')).toBe(loads);
});

test('a closure goes into subfolders and round circles, and takes JSON with it', () => {
  put('package.json', '{}');
  put('a.ts', "import './deep/b.ts';\n");
  put('deep/b.ts', "import { a } from '../a.ts';\nimport facts from './facts.json' with { type: 'json' };\n");
  put('deep/facts.json', '{ "from": "./c.ts" }');
  put('deep/c.ts', '');
  expect(filesOf('a.ts')).toEqual(['a.ts', 'deep/b.ts', 'deep/facts.json']);
});

test('packages come with their versions and all that they depend on, each as the file that imports it would find it', () => {
  put('package.json', '{ "dependencies": { "one": "1" }, "optionalDependencies": { "@scope/two": "2", "gone": "3" } }');
  put('node_modules/one/package.json', '{ "version": "1.0.0", "dependencies": { "three": "*" } }');
  put('node_modules/one/node_modules/three/package.json', '{ "version": "3.1.0" }');
  put('node_modules/three/package.json', '{ "version": "9.9.9" }');
  put('node_modules/@scope/two/package.json', '{ "version": "2.0.0" }');
  put('a.ts', "import one from 'one/deep';\nimport { readFileSync } from 'node:fs';\n");
  put('b.ts', "require('@scope/two'); createRequire(import.meta.url)('gone');\n");
  expect(packagesOf('a.ts')).toEqual(['one@1.0.0', 'three@3.1.0']);
  expect(packagesOf('b.ts')).toEqual(['@scope/two@2.0.0', 'gone@absent']);
});

test('a peer counts where it is installed', () => {
  put('package.json', '{ "dependencies": { "one": "1" } }');
  put('node_modules/one/package.json', '{ "version": "1.0.0", "peerDependencies": { "two": "2", "gone": "3" } }');
  put('node_modules/two/package.json', '{ "version": "2.0.0", "dependencies": { "three": "3" } }');
  put('node_modules/three/package.json', '{ "version": "3.0.0" }');
  put('a.ts', "import 'one';\n");
  expect(packagesOf('a.ts')).toEqual(['one@1.0.0', 'three@3.0.0', 'two@2.0.0']);
});

test('a package that is linked comes with its files, whose version says nothing of them', () => {
  put('mine/package.json', '{ "dependencies": { "lib": "*" } }');
  put('mine/a.ts', "import 'lib';\n");
  put('lib/package.json', '{ "name": "lib", "version": "1.0.0", "dependencies": { "own": "1", "two": "2" } }');
  put('lib/index.js', "import './deep/b.js';\n");
  for (const file of ['lib/deep/b.js', 'lib/README.md', 'lib/.cache/x', 'lib/node_modules/two/index.js']) put(file, '');
  put('lib/node_modules/two/package.json', '{ "version": "2.0.0" }');
  put('lib/example/package.json', '{ "name": "example" }');
  put('own/index.ts', '');
  mkdirSync(join(folder, 'mine', 'node_modules'));
  symlinkSync(join(folder, 'lib'), join(folder, 'mine', 'node_modules', 'lib'), 'junction');
  const own = { name: 'own', own: () => false, entry: () => join(folder, 'own', 'index.ts') };
  const { files, packages } = new Sources(own).closure([join(folder, 'mine', 'a.ts')]);
  const wanted = ['lib/deep/b.js', 'lib/index.js', 'lib/package.json', 'mine/a.ts', 'own/index.ts'];
  expect([...files.keys()].map((file) => file.slice(folder.length + 1))).toEqual(wanted);
  expect(packages).toEqual(['lib@1.0.0', 'two@2.0.0']);
  put('lib/deep/b.js', '// changed\n');
  expect(new Sources(own).closure([join(folder, 'mine', 'a.ts')]).files).not.toEqual(files);
});

test.each([
  '#lib/b.ts',
  '@/b',
  '~/b',
  './gone.ts',
  '../gone',
])('an import from %s is refused: no key could cover it', (from) => {
  put('package.json', '{ "type": "module" }');
  put('a.ts', `import { b } from '${from}';\n`);
  expect(() => filesOf('a.ts')).toThrow(/imports what no key can cover[\s\S]*import it by its relative path/);
});

test('TypeScript goes before what it was compiled to, and bytes that are no text count as they are', () => {
  put('package.json', '{}');
  put('a.ts', "import './b.js';\nimport './c.mjs';\nnew URL('./w.bin', import.meta.url);\n");
  for (const file of ['b.ts', 'b.js', 'c.mts']) put(file, '');
  writeFileSync(join(folder, 'w.bin'), Uint8Array.of(0x9a, 0x99, 0xd9, 0x3f));
  expect(filesOf('a.ts')).toEqual(['a.ts', 'b.ts', 'c.mts', 'w.bin']);
  const before = new Sources().hash(join(folder, 'w.bin'));
  writeFileSync(join(folder, 'w.bin'), Uint8Array.of(0x9b, 0x9a, 0xd9, 0x3f));
  expect(new Sources().hash(join(folder, 'w.bin'))).not.toBe(before);
});

test('a package.json that only says how modules are loaded hides no dependency', () => {
  put('package.json', '{ "dependencies": { "one": "1" } }');
  put('node_modules/one/package.json', '{ "version": "1.0.0" }');
  put('node_modules/hoisted/package.json', '{ "version": "2.0.0" }');
  put('deep/package.json', '{ "type": "module" }');
  put('deep/a.ts', "import 'one';\nimport 'hoisted';\nimport 'node:fs';\n");
  expect(packagesOf('deep/a.ts')).toEqual(['hoisted@2.0.0', 'one@1.0.0']);
});

test('an import of this package by its name is an import of its own files', () => {
  put('package.json', '{ "dependencies": { "spillover": "1" } }');
  put('own/index.ts', "import './inner.ts';\n");
  put('own/inner.ts', '');
  put('mine.ts', "import { rl } from 'spillover';\n");
  const sources = new Sources({
    name: 'spillover',
    own: (path) => path.startsWith(join(folder, 'own')),
    entry: (rest) => join(folder, 'own', `${rest.slice(1) || 'index'}.ts`),
  });
  const { files, packages } = sources.closure([join(folder, 'mine.ts')]);
  expect([...files.keys()].map((file) => file.slice(folder.length + 1))).toEqual([
    'mine.ts',
    'own/index.ts',
    'own/inner.ts',
  ]);
  expect(packages).toEqual([]);
});

test('what was read once stays what it was; files that are left out take with them what only they import', () => {
  put('package.json', '{}');
  put('a.ts', "import './b.ts';\n");
  put('b.ts', "import './c.ts';\n");
  put('c.ts', '');
  const sources = new Sources();
  const before = sources.closure([join(folder, 'a.ts')]);
  put('c.ts', '// changed\n');
  expect(sources.closure([join(folder, 'a.ts')])).toEqual(before);
  expect(new Sources().closure([join(folder, 'a.ts')])).not.toEqual(before);
  const { files } = sources.closure([join(folder, 'a.ts')], (path) => path.endsWith('b.ts'));
  expect([...files.keys()]).toEqual([join(folder, 'a.ts')]);
});

test('in any graph of files, touching one changes exactly the closures of the roots from which it is reached', () => {
  const graph = fc.integer({ min: 2, max: 8 }).chain((size) => {
    const file = fc.integer({ min: 0, max: size - 1 });
    return fc.record({ imports: fc.array(fc.uniqueArray(file), { minLength: size, maxLength: size }), touched: file });
  });
  fc.assert(
    fc.property(graph, ({ imports, touched }) => {
      const root = mkdtempSync(join(folder, 'graph-'));
      const path = (i: number): string => join(root, `deep${i % 2}`, `f${i}.ts`);
      const text = (i: number): string => imports[i]?.map((j) => `import '../deep${j % 2}/f${j}.ts';\n`).join('') ?? '';
      for (const sub of ['deep0', 'deep1']) mkdirSync(join(root, sub));
      for (const i of imports.keys()) writeFileSync(path(i), text(i));
      const reached = (from: number, seen = new Set<number>()): Set<number> => {
        if (!seen.has(from)) for (const next of imports[seen.add(from) && from] ?? []) reached(next, seen);
        return seen;
      };
      const hashes = (): string[] => {
        const sources = new Sources();
        return [...imports.keys()].map((i) => hashOf([...sources.closure([path(i)]).files]));
      };
      const before = hashes();
      writeFileSync(path(touched), `${text(touched)}// touched\n`);
      const after = hashes();
      for (const i of imports.keys()) expect(before[i] !== after[i]).toBe(reached(i).has(touched));
    }),
    { numRuns: 60 },
  );
});

test('a package is found in the nearest node_modules above, also with Windows paths', () => {
  const installed = [
    'C:\\Users\\eve\\node_modules\\seedrandom\\package.json',
    'C:\\Users\\eve\\lab\\node_modules\\@stdlib\\x\\package.json',
    'C:\\Users\\eve\\lab\\node_modules\\@stdlib\\x\\node_modules\\seedrandom\\package.json',
  ];
  const find = (name: string, from: string): string | undefined =>
    packageFile(name, from, win32, (file) => installed.includes(file));
  expect(find('@stdlib/x', 'C:\\Users\\eve\\lab\\src\\lab')).toBe(installed[1]);
  expect(find('seedrandom', 'C:\\Users\\eve\\lab\\src\\')).toBe(installed[0]);
  expect(find('seedrandom', 'C:\\Users\\eve\\lab\\node_modules\\@stdlib\\x')).toBe(installed[2]);
  expect(find('absent', 'D:\\elsewhere')).toBeUndefined();
});
