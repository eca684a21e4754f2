import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { powerOptions } from './power-options.ts';

const texts = ["id: 'H1',", 'id: "H2",'];
const files = { development: [9, 8, 7, 6, 5, 4, 3, 2] };

test('claims are named one by one or with commas, and the first development seeds are taken', () => {
  expect(powerOptions([], texts, files)).toEqual({ claims: 'all', seeds: [9, 8, 7, 6, 5, 4] });
  expect(powerOptions([], texts, { development: [5, 6] }).seeds).toEqual([5, 6]);
  const asked = powerOptions(['--claim', 'H1,H2', '--claim', 'H1', '--seeds', '2'], texts, files);
  expect(asked).toEqual({ claims: ['H1', 'H2'], seeds: [9, 8] });
});

test.each([
  [['--claim', 'H3'], /which claims\?[\s\S]*got: H3/],
  [['--claim', ''], /which claims\?[\s\S]*got: none/],
  [['--claim'], /unknown options/],
  [['H1'], /unknown options/],
  [['--seeds', '1'], /--seeds[\s\S]*a whole number from 2 to 8[\s\S]*got: 1/],
  [['--seeds', '9'], /got: 9/],
  [['--seeds', '2.5'], /got: 2.5/],
  [['--seeds', 'all'], /got: all/],
])('%j is refused with the usage', (rest, message) => {
  expect(() => powerOptions(rest, texts, files)).toThrow(InputError);
  expect(() => powerOptions(rest, texts, files)).toThrow(message);
  expect(() => powerOptions(rest, texts, files)).toThrow(/npm run power \[-- --claim H1/);
});
