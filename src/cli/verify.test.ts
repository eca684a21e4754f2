import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { sizeOf, verifyOptions } from './verify-options.ts';

test.each([
  [[], 1000, 50],
  [['--all'], 1000, 1000],
  [['--sample', '7'], 1000, 7],
  [['--sample', '7'], 3, 3],
  [['--sample=0.5%'], 1000, 5],
  [['--sample', '5%'], 3, 1],
  [['--sample', '100%'], 3, 3],
  [['--sample', '5%'], 0, 0],
])('%j of %i runs are %i', (rest, total, runs) => {
  expect(sizeOf(verifyOptions(rest), total)).toBe(runs);
});

test.each([
  [['--sample']],
  [['--sample', '0']],
  [['--sample', '0%']],
  [['--sample', '101%']],
  [['--sample', '1.5']],
  [['--sample', '-1']],
  [['--sample', 'some']],
  [['--all', '--sample', '3']],
  [['--every']],
  [['5%']],
])('%j is refused with what is expected', (rest) => {
  expect(() => verifyOptions(rest)).toThrow(InputError);
  expect(() => verifyOptions(rest)).toThrow(/npm run verify \[-- --all \| --sample N \| --sample P%\]/);
});
