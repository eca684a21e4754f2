import { execFileSync } from 'node:child_process';
import { posix, win32 } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { readSettings } from '../project/configuration.ts';
import { VARIABLES, variablesOf } from '../project/environment.ts';
import { HERE } from '../project/here.test.helper.ts';
import { editDistance, nearest } from '../project/nearest.ts';
import { recordedPath, samePath } from '../project/paths.ts';
import { commandText, quoted, recordedCommand } from './command.ts';

describe('a printed command', () => {
  const set = { SPILLOVER_PROFILE: 'quick', SPILLOVER_ENGINE: 'onnx:cpu' };
  test('sets its variables as the shell of the platform takes them, and is recorded in one form', () => {
    expect(commandText({ SPILLOVER_PROFILE: 'quick' }, 'npm run register', 'linux')).toBe(
      'SPILLOVER_PROFILE=quick npm run register',
    );
    expect(commandText(set, 'npm test', 'win32')).toBe(
      'cmd /c "set SPILLOVER_PROFILE=quick&& set SPILLOVER_ENGINE=onnx:cpu&& npm test"',
    );
    expect(commandText({}, 'npm test', 'win32')).toBe('npm test');
    expect(recordedCommand(set, 'npm test')).toBe('SPILLOVER_PROFILE=quick SPILLOVER_ENGINE=onnx:cpu npm test');
  });

  test.runIf(process.platform !== 'win32')('reaches the program as it was meant', () => {
    const program = `node -p 'process.env.SPILLOVER_PROFILE + process.argv[1]' `;
    const text = commandText({ SPILLOVER_PROFILE: 'quick' }, program + quoted(`{"it's": 3}`, 'linux'), 'linux');
    expect(execFileSync('sh', ['-c', text], { encoding: 'utf8' })).toBe(`quick{"it's": 3}\n`);
  });

  test('quotes an argument for the shell of the platform', () => {
    expect(quoted('{"model.layers":3}', 'linux')).toBe(`'{"model.layers":3}'`);
    expect(quoted('{"model.layers":3}', 'win32')).toBe(String.raw`"{\"model.layers\":3}"`);
  });
});

describe('a path', () => {
  test('is the same file however a tool of Windows writes it, and another one stays another', () => {
    const here = String.raw`C:\work\spillover\hypotheses\h01.test.ts`;
    expect(samePath(here, 'C:/work/spillover/hypotheses/h01.test.ts', win32)).toBe(true);
    expect(samePath(here, 'c:/work/spillover/hypotheses/h01.test.ts', win32)).toBe(true);
    expect(samePath(here, 'C:/work/spillover/hypotheses/h02.test.ts', win32)).toBe(false);
    expect(samePath(here, 'D:/work/spillover/hypotheses/h01.test.ts', win32)).toBe(false);
    expect(samePath('/a/b/../x.ts', '/a/x.ts', posix)).toBe(true);
    expect(samePath('/a/x.ts', '/A/x.ts', posix)).toBe(false);
  });

  test('is recorded with / on every platform', () => {
    expect(
      recordedPath(String.raw`C:\work\spillover`, String.raw`C:\work\spillover\hypotheses\h01.test.ts`, win32),
    ).toBe('hypotheses/h01.test.ts');
    expect(recordedPath('/work/spillover/', '/work/spillover/hypotheses/h01.test.ts', posix)).toBe(
      'hypotheses/h01.test.ts',
    );
  });
});

describe('an environment variable', () => {
  test('that means nothing is refused with the known names and the one that was meant', () => {
    const refused =
      (name: string, platform: NodeJS.Platform = 'linux') =>
      () =>
        variablesOf({ PATH: '/bin', SPILLOVER_STORE: '/tmp/x', [name]: '1' }, platform);
    for (const name of Object.keys(VARIABLES)) expect(refused('SPILLOVER_PROFIL')).toThrow(name);
    expect(refused('SPILLOVER_PROFIL')).toThrow(InputError);
    expect(refused('SPILLOVER_PROFIL')).toThrow(/got: SPILLOVER_PROFIL\n.*set SPILLOVER_PROFILE instead/);
    expect(refused('spillover_store')).toThrow(/set SPILLOVER_STORE instead/);
    expect(refused('SPILLOVER_TO_THE_MOON_AND_BACK')).toThrow(/to do: unset it/);
    expect(refused('spillover_store', 'win32')).not.toThrow();
    expect(refused('SPILLOVER_WORKERS')).not.toThrow();
    expect(() => readSettings(HERE, { SPILLOVER_PROFIL: 'full' })).toThrow(/SPILLOVER_PROFILE instead/);
  });

  test('is named by the fewest changed letters', () => {
    expect([editDistance('', 'abc'), editDistance('kitten', 'sitting'), editDistance('ab', 'ab')]).toEqual([3, 3, 0]);
    expect(nearest('reproduc', ['report', 'reproduce', 'test'])).toBe('reproduce');
    expect(nearest('xyz', ['report', 'reproduce', 'test'])).toBeUndefined();
  });
});
