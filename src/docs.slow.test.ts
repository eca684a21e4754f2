import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import { filesOfProject } from './cli/init-files.ts';
import { CHECKOUT, filesOfGuides } from './docs.test.helper.ts';

/** A project as `npx spillover init` makes it, with every file of the guides, and shorter runs. */
const folder = mkdtempSync(join(tmpdir(), 'guides-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const sizes = { replicates: 2, setups: 4, mostCost: 1 };
const { 'hypotheses/h01-new-skill.test.ts': _, ...made } = filesOfProject({
  name: 'guides',
  version: '0',
  vitest: '4',
  zod: '4',
});
const files = {
  ...made,
  ...filesOfGuides,
  'fixtures/setups/tiny.json': readFileSync(join(CHECKOUT, 'fixtures/setups/small.json'), 'utf8'),
  'fixtures/profiles.json': JSON.stringify({ quick: sizes, standard: sizes, full: sizes }),
};
for (const [path, text] of Object.entries(files)) put(path, text);
linkPackages();

/** The packages that its package.json names, as the checkout has them, and this one with its doors open to the sources. */
function linkPackages(): void {
  const modules = join(CHECKOUT, 'node_modules');
  const { devDependencies } = JSON.parse(made['package.json'] as string) as { readonly devDependencies: object };
  mkdirSync(join(folder, 'node_modules', 'spillover'), { recursive: true });
  for (const name of ['tsx', ...Object.keys(devDependencies)].filter((each) => each !== 'spillover'))
    symlinkSync(join(modules, name), join(folder, 'node_modules', name), 'junction');
  const own = readFileSync(join(CHECKOUT, 'package.json'), 'utf8');
  const open = own.replaceAll(/\.\/dist\/([\w/]+)(?:\.d\.ts|\.js)/g, './src/$1.ts');
  put('node_modules/spillover/package.json', open);
  symlinkSync(join(CHECKOUT, 'src'), join(folder, 'node_modules', 'spillover', 'src'), 'junction');
}

/** Runs a TypeScript or JavaScript program there, and gives how it ended and all that it wrote. */
function run(program: string, ...args: string[]): Promise<{ readonly code: number | null; readonly written: string }> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|SPILLOVER_|NODE_OPTIONS|TEST$)/.test(name),
  );
  // The sources have JSX, which their own configuration says how to compile; a package has none left.
  const compiled = { TSX_TSCONFIG_PATH: join(CHECKOUT, 'tsconfig.json') };
  const env = { ...Object.fromEntries(inherited), ...compiled, NO_COLOR: '1', SPILLOVER_PROFILE: 'quick' };
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], { cwd: folder, env });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text;
    });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, written }));
  });
}

const VITEST = join('node_modules', 'vitest', 'vitest.mjs');
const SPILLOVER = join(CHECKOUT, 'src', 'cli', 'main.ts');

test('the code of the guides has no error of type', () => {
  const { config } = ts.readConfigFile(join(CHECKOUT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, CHECKOUT);
  const roots = Object.keys(files).flatMap((path) => (path.endsWith('.ts') ? join(folder, path) : []));
  const program = ts.createProgram(roots, {
    ...options,
    incremental: false,
    noEmit: true,
    typeRoots: [join(CHECKOUT, 'node_modules', '@types')],
  });
  const found = roots.flatMap((root) => {
    const source = program.getSourceFile(root);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  });
  const host = {
    getCanonicalFileName: (name: string) => name,
    getCurrentDirectory: () => folder,
    getNewLine: () => '\n',
  };
  expect(ts.formatDiagnostics(found, host)).toBe('');
});

test('the method, the measure and the world of the guides pass their contracts', async () => {
  const { code, written } = await run(
    VITEST,
    'run',
    '--project',
    'unit',
    '--no-file-parallelism',
    '--testTimeout=600000',
  );
  expect(code, written).toBe(0);
  for (const path of Object.keys(filesOfGuides).filter((each) => /^(methods|measures|worlds).*\.test\.ts$/.test(each)))
    expect(written).toContain(path);
});

/** Registers and runs three claims in processes that load everything: on a quarter of a core more than the usual ten minutes. */
const LONG = { timeout: 40 * 60_000 };

test('the results of the guides become a study, are judged, and come out as registered', LONG, async () => {
  const imported = await run(SPILLOVER, 'import', 'csv', 'studies/sources/rates.mapping.json', '--to', 'studies/rates');
  expect(imported.code, imported.written).toBe(0);
  expect(imported.written).toContain('24 observations');
  const unregistered = await run(SPILLOVER, 'judge', 'studies');
  expect(unregistered.code, unregistered.written).toBe(1);
  expect(unregistered.written).toMatch(/X01 .*supported/);
  const registered = await run(SPILLOVER, 'register', '--claim', 'X01', '--yes');
  expect(registered.code, registered.written).toBe(0);
  const judged = await run(SPILLOVER, 'judge', 'studies');
  expect(judged.code, judged.written).toBe(0);
  expect(judged.written).toContain('training runs from this base');
  expect(readFileSync(join(folder, 'reports/imported/index.html'), 'utf8')).toContain('X01');
});

test('the claims of the guides are registered, and come out as registered', LONG, async () => {
  const registered = await run(SPILLOVER, 'register', '--all', '--yes');
  expect(registered.code, registered.written).toBe(0);
  const again = await run(VITEST, 'run', '--project', 'hypotheses');
  expect(again.code, again.written).toBe(0);
  for (const id of ['H42', 'H43', 'H44', 'X01']) expect(again.written).toContain(id);
});
