import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { judgeScript, workScript } from './slurm.ts';
import { slurmOptions } from './slurm-options.ts';

const SETTING = {
  folder: "/home/o'brien/a b",
  to: '/logs',
  variables: { SPILLOVER_PROFILE: 'full', SPILLOVER_STORE: '/shared/$(reboot)' },
};

test('scripts say what is asked for, and their shell takes every path as it is', () => {
  const asked = slurmOptions([
    '--tasks',
    '40',
    '--concurrent',
    '8',
    '--cpus',
    '2',
    '--time',
    '4:00:00',
    '--partition',
    'gpu',
    '--sbatch=--gres=gpu:1',
  ]);
  const text = workScript(asked, SETTING);
  for (const option of [
    '--array=0-39%8',
    '--cpus-per-task=2',
    '--time=4:00:00',
    '--partition=gpu',
    '--gres=gpu:1',
    '--requeue',
    '--signal=B:USR1@60',
  ])
    expect(text).toContain(`#SBATCH ${option}\n`);
  expect(text).toContain('work -- --shards 40');
  for (const script of [text, judgeScript(asked, SETTING)]) {
    expect(spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr).toBe('');
    const echoed = script
      .replace(/^cd (.*) \|\| exit 1$/m, 'printf "%s\\n" $1')
      .split('\n')
      .filter((line) => /^export/.test(line));
    const { stdout } = spawnSync('bash', ['-c', `${echoed.join('\n')}\nprintf %s "$SPILLOVER_STORE"`], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('/shared/$(reboot)');
  }
});

test.each([
  ['no number of tasks', []],
  ['none', ['--tasks', '0']],
  ['a number that is none', ['--tasks', '4', '--cpus', 'two']],
  ['a line of its own', ['--tasks', '4', '--partition', 'gpu\n#SBATCH --uid=0']],
  ['a command', ['--tasks', '4', '--sbatch', '$(reboot)']],
  ['an option that there is not', ['--tasks', '4', '--nodes', '2']],
])('refused: %s', (_what, rest) => {
  expect(() => slurmOptions(rest)).toThrow(InputError);
});
