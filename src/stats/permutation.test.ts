import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/permutation.json' with { type: 'json' };
import { InputError, InvariantError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import type { Alternative } from './paired.ts';
import { signFlipTest } from './permutation.ts';

const alternatives: readonly Alternative[] = ['greater', 'less', 'two-sided'];
const rng = stream(0, 'sign-flip');

test.each(golden.cases)('sign-flip p agrees with SciPy: $name', ({ values, against, exact, p }) => {
  for (const alternative of alternatives) {
    const ours = signFlipTest(values, against, alternative, rng, 40_000);
    expect(ours.exact).toBe(exact);
    // Monte Carlo: four standard errors of the two estimates together.
    const share = p[alternative];
    const error = exact ? 1e-12 : 4 * Math.sqrt(share * (1 - share) * (1 / 40_000 + 1 / 200_000));
    expect(Math.abs(ours.p - share)).toBeLessThanOrEqual(error);
  }
});

test('the smallest two-sided p is 2^(1 - n), and 6 replicates reach 0.05', () => {
  expect(signFlipTest([1, 2, 3, 4, 5], 0, 'two-sided', rng).p).toBe(1 / 16);
  expect(signFlipTest([1, 2, 3, 4, 5, 6], 0, 'two-sided', rng).p).toBe(1 / 32);
  expect(
    signFlipTest(
      Array.from({ length: 20 }, (_, r) => r + 1),
      0,
      'greater',
      rng,
    ).p,
  ).toBe(2 ** -20);
});

test('rounding does not split ties', () => {
  expect(signFlipTest([0.3, 0.3, 0.3], 0.1, 'greater', rng).p).toBe(1 / 8);
  // 0.1 + 0.2 = 0.30000000000000004: four patterns of eight tie at |0|.
  expect(signFlipTest([0.1, 0.2, -0.3], 0, 'two-sided', rng).p).toBe(1);
  expect(signFlipTest([0, 0, 0], 0, 'two-sided', rng).p).toBe(1);
});

test('beyond 20 replicates p is never 0 and the stream repeats it', () => {
  const values = Array.from({ length: 30 }, (_, r) => 5 + r / 10);
  expect(signFlipTest(values, 0, 'two-sided', rng, 99)).toEqual({ p: 0.01, exact: false });
  const noisy = values.map((value, r) => (r % 2 === 0 ? value : -value));
  const p = (): number => signFlipTest(noisy, 0, 'less', stream(3, 'again'), 500).p;
  expect(p()).toBe(p());
});

test('bad input throws', () => {
  expect(() => signFlipTest([1], 0, 'less', rng)).toThrow(InputError);
  expect(() => signFlipTest([1, Number.NaN], 0, 'less', rng)).toThrow(InvariantError);
  expect(() => signFlipTest([1, 2], Number.NaN, 'less', rng)).toThrow(InvariantError);
  expect(() =>
    signFlipTest(
      Array.from({ length: 21 }, (_, r) => r),
      0,
      'less',
      rng,
      0,
    ),
  ).toThrow(InputError);
});
