import fc from 'fast-check';
import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/multiplicity.json' with { type: 'json' };
import { InvariantError } from '../core/errors.ts';
import { holm } from './multiplicity.ts';

test.each(golden.cases)('Holm agrees with statsmodels: $name', ({ p, adjusted }) => {
  const ours = holm(p);
  expect(ours).toHaveLength(adjusted.length);
  ours.forEach((value, i) => {
    expect(value).toBeCloseTo(adjusted[i] as number, 12);
  });
});

test('adjusted p lies between p and Bonferroni, and keeps the order', () => {
  expect.hasAssertions();
  const p = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(p, { minLength: 1, maxLength: 12 }), (family) => {
      const ours = holm(family);
      family.forEach((a, i) => {
        const adjusted = ours[i] as number;
        expect(adjusted).toBeGreaterThanOrEqual(a);
        expect(adjusted).toBeLessThanOrEqual(Math.min(1, family.length * a));
        family.forEach((b, j) => {
          if (a <= b) expect(adjusted).toBeLessThanOrEqual(ours[j] as number);
        });
      });
    }),
    { seed: 1 },
  );
});

test('an empty family is empty; a bad p throws', () => {
  expect(holm([])).toEqual([]);
  for (const p of [-0.1, 1.1, Number.NaN]) expect(() => holm([0.5, p])).toThrow(InvariantError);
});
