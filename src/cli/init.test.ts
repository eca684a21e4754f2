import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { InputError } from '../core/errors.ts';
import { parseSetup } from '../lab/setup.ts';
import { worlds } from '../world/index.ts';
import { COMMANDS } from './commands.ts';
import { init } from './init.ts';
import { filesOfProject } from './init-files.ts';
import { initFolder } from './init-options.ts';

const scratch = mkdtempSync(join(tmpdir(), 'init-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const files = filesOfProject({ name: 'My claims', version: '0.1.0', vitest: '^4.1.0', zod: '4.6.7' });

test('a project is made in a folder that is not there yet, and says what comes next', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const folder = join(scratch, 'deep', 'claims');
  await init(folder);
  const said = write.mock.calls.join('');
  write.mockRestore();
  for (const path of Object.keys(files)) expect(existsSync(join(folder, path)), path).toBe(true);
  expect(said).toMatch(
    /git init && git add -A && git commit -m "A first claim" && npm run register -- --all && npm test/,
  );
  const { name, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  expect([name, devDependencies]).toEqual(['claims', { spillover: '0.1.0', vitest: '^4.1.0', zod: '4.6.7' }]);
});

test('a folder that has one of the files is refused with its name, and nothing is written', async () => {
  const folder = mkdtempSync(join(scratch, 'used-'));
  writeFileSync(join(folder, 'vitest.config.ts'), 'mine');
  await expect(init(folder)).rejects.toThrow(InputError);
  await expect(init(folder)).rejects.toThrow(/got: vitest.config.ts\n.*nothing was written/);
  expect(readdirSync(folder)).toEqual(['vitest.config.ts']);
  expect(readFileSync(join(folder, 'vitest.config.ts'), 'utf8')).toBe('mine');
});

test('its setup is one, its name is a package name, and its scripts are commands of every project', () => {
  const json = (path: string) => JSON.parse(files[path] as string);
  expect(parseSetup(json('fixtures/setups/tiny.json'), 'tiny', worlds)).toEqual(json('fixtures/setups/tiny.json'));
  expect(json('package.json').name).toBe('my-claims');
  const ofProjects = Object.entries(COMMANDS).filter(([, each]) => 'run' in each && each.own !== true);
  expect(Object.keys(json('package.json').scripts).sort()).toEqual(ofProjects.map(([name]) => name).sort());
});

test.each([[['a', 'b']], [['--force']], [['a', '--force']]])('options %j are refused', (rest) => {
  expect(() => initFolder(rest)).toThrow(/npx spillover init \[FOLDER\]/);
});
