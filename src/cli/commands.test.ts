import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { COMMANDS, runCommand, usageOf } from './commands.ts';

/** What a command writes to standard output. */
async function written(name: string | undefined, ...rest: string[]): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await runCommand(name, rest);
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}
afterEach(() => {
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

/** All but the one that makes a project, which is called from outside of any. */
const OF_PROJECTS = Object.keys(COMMANDS).filter((name) => name !== 'init');

test('package.json has a script for every command', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  for (const name of OF_PROJECTS) expect(scripts[name]).toBe(`tsx src/cli/main.ts ${name}`);
});

test.each(
  Object.keys(COMMANDS),
)('%s says how it is called, with the variables, and does nothing else', async (name) => {
  for (const option of ['--help', '-h']) expect(await written(name, option)).toBe(usageOf(name));
  expect(usageOf(name)).toMatch(/^(npm (run )?|npx spillover )[a-z:]+[\s\S]*SPILLOVER_PROFILE {2}/);
});

test('without a command all are listed', async () => {
  const all = await written('--help');
  for (const name of Object.keys(COMMANDS))
    expect(all).toMatch(new RegExp(`^(npm (run )?|npx spillover )${name} `, 'm'));
  expect(process.exitCode).toBeUndefined();
  expect(await written(undefined)).toBe(all);
  expect(process.exitCode).toBe(1);
});

const WRONG = [
  ['reprodce', [], /unknown command[\s\S]*to do: run npm run reproduce/],
  ['constructor', [], /unknown command/],
  ['test', ['--what'], /unknown options[\s\S]*npm test \[-- --all\][\s\S]*--what/],
  ['reproduce', ['quick'], /unknown options[\s\S]*quick/],
  ['doctor', ['--fast'], /unknown options/],
  ['report', ['--too', 'x'], /unknown options[\s\S]*--to FOLDER/],
  ['report', ['--to'], /unknown options/],
  ['diff', ['reports/published'], /which runs[\s\S]*npm run diff -- EARLIER LATER/],
  ['verify', ['--sample', 'some'], /npm run verify/],
  ['power', ['--claim', 'H99'], /which claims\?[\s\S]*got: H99/],
  ['power', ['--seeds', '13'], /a whole number from 2 to 12/],
  ['explore', [], /which claims\?[\s\S]*got: none/],
  ['explore', ['--claim', 'H1', '--what'], /unknown options/],
  ['explore', ['--claim', 'H99'], /which claims\?[\s\S]*got: H99/],
  ['explore', ['--claim', 'H1', '--setups', '0'], /--setups/],
  ['explore', ['--claim', 'H1', '--times', '3'], /do not go together/],
  ['explore', ['--claim', 'H1', '--changes', '{"model.depth": 3}', '--seed', '1'], /is no factor/],
] as const;

test.each(WRONG)('%s %j is refused', async (name, rest, message) => {
  await expect(runCommand(name, rest)).rejects.toThrow(message);
});

test.each([
  ['SPILLOVER_PROFIL', 'full', /unknown environment variable[\s\S]*SPILLOVER_PROFILE/],
  ['SPILLOVER_PROFILE', 'fast', /unknown profile/],
  ['SPILLOVER_ENGINE', 'onnx:tpu', /unknown engine/],
  ['SPILLOVER_TOGETHER', 'many', /number of networks/],
  ['SPILLOVER_BROWSER', '/no/such/browser', /SPILLOVER_BROWSER names no program/],
])('%s=%s is refused', async (variable, value, message) => {
  vi.stubEnv(variable, value);
  await expect(runCommand('test', [])).rejects.toThrow(message);
});

test('neither help nor a refusal loads TensorFlow.js or onnxruntime, which takes seconds', () => {
  const child = fileURLToPath(new URL('./commands.test.child.ts', import.meta.url));
  const calls = [...WRONG.map(([name, rest]) => [name, ...rest]), ['reproduce', '--help']];
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', child, JSON.stringify(calls)], {
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) as string)).toEqual({ refused: WRONG.length, heavy: [] });
});
