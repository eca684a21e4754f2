import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { registerOptions } from './register-options.ts';

test('claims are named one by one, or all; claims that are gone are taken out by name', () => {
  expect(registerOptions(['--claim', 'H1'])).toEqual({ claims: ['H1'], remove: [], yes: false });
  expect(registerOptions(['--claim', 'H1', '--claim', 'H2-b', '--remove', 'H3', '--yes'])).toEqual({
    ...{ claims: ['H1', 'H2-b'], remove: ['H3'], yes: true },
  });
  expect(registerOptions(['--all'])).toEqual({ claims: 'all', remove: [], yes: false });
  expect(registerOptions(['--remove', 'H3'])).toEqual({ claims: [], remove: ['H3'], yes: false });
});

test.each([
  [
    [],
    /which claims\?[\s\S]*--claim with the id of each claim[\s\S]*or --all[\s\S]*got: none[\s\S]*npm run register --/,
  ],
  [['--yes'], /got: none/],
  [['--all', '--claim', 'H1'], /got: --all beside --claim/],
  [['--claim', 'H1', '--claim', 'H1'], /got: H1/],
  [['--claim', 'H1', '--remove', 'H1'], /got: H1/],
  [['--claim', 'H1,H2'], /got: H1,H2/],
  [['H1'], /unknown options[\s\S]*npm run register --/],
  [['--claim'], /unknown options/],
])('%j is refused with the usage', (rest, message) => {
  expect(() => registerOptions(rest)).toThrow(InputError);
  expect(() => registerOptions(rest)).toThrow(message);
});
