import fc from 'fast-check';
import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/regression.json' with { type: 'json' };
import { InputError, InvariantError } from '../core/errors.ts';
import { leastSquares, partialR2 } from './regression.ts';

/** Expects two numbers that differ by less than 1e-8 of the second one. */
const expectAlike = (got: number | undefined, want: number): void =>
  expect(Math.abs((got as number) / want - 1)).toBeLessThan(1e-8);

test.each(golden.cases)('least squares agree with statsmodels: $name', ({
  y,
  xs,
  zs,
  coefficients,
  sse,
  r2,
  ...of
}) => {
  const fit = leastSquares(y, [...zs, ...xs]);
  expect(fit.coefficients).toHaveLength(coefficients.length);
  for (const [j, known] of coefficients.entries()) expectAlike(fit.coefficients[j], known);
  expectAlike(fit.sse, sse);
  expectAlike(fit.r2, r2);
  expectAlike(partialR2(y, xs, zs), of.partialR2);
});

const N = 9;
const column = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: N, maxLength: N });
const scale = fc.constantFrom(1e-6, -0.3, 7, 1e6);
/** Rows y, columns and what is drawn beside them, but for those that cannot be regressed. */
const forRegressions = <Beside>(
  beside: fc.Arbitrary<Beside>,
  check: (y: number[], columns: [number[], number[], number[]], beside: Beside) => void,
): void =>
  fc.assert(
    fc.property(column, fc.tuple(column, column, column), beside, (y, columns, drawn) => {
      try {
        leastSquares(y, columns);
      } catch (error) {
        if (error instanceof InputError) return fc.pre(false);
        throw error;
      }
      check(y, columns, drawn);
    }),
    { seed: 4, numRuns: 60 },
  );

test('R2 and partial R2 do not follow units and origins, coefficients do', () =>
  forRegressions(fc.tuple(scale, scale), (y, [a, b, c], [of, by]) => {
    const was = leastSquares(y, [a, b]);
    const moved = y.map((value) => 3 + of * value);
    const is = leastSquares(moved, [a.map((value) => by * value - 5), b]);
    expect(is.r2).toBeCloseTo(was.r2, 9);
    expect(is.sse / of ** 2).toBeCloseTo(was.sse, 4);
    expect((is.coefficients[1] as number) * (by / of)).toBeCloseTo(was.coefficients[1] as number, 6);
    const [b2, c2] = [b.map((value) => by * value), c.map((value) => 1 - by * value)];
    expect(partialR2(moved, [a], [b2, c2])).toBeCloseTo(partialR2(y, [a], [b, c]), 9);
  }));

test('the order of rows and of columns says nothing', () =>
  forRegressions(fc.shuffledSubarray([...Array(N).keys()], { minLength: N, maxLength: N }), (y, [a, b, c], order) => {
    const [z, d, e, f] = [y, a, b, c].map((list) => order.map((i) => list[i] as number)) as [number[], ...number[][]];
    expect(partialR2(z, [d as number[]], [f as number[], e as number[]])).toBeCloseTo(partialR2(y, [a], [b, c]), 9);
  }));

test('residuals stand upright on every column, and one more column never raises their sum of squares', () =>
  forRegressions(fc.constant(null), (y, [a, b, c]) => {
    const { coefficients, sse } = leastSquares(y, [a, b]);
    const [b0, b1, b2] = coefficients as [number, number, number];
    const residuals = y.map((value, i) => value - b0 - b1 * (a[i] as number) - b2 * (b[i] as number));
    for (const each of [a, b, a.map(() => 1)])
      expect(residuals.reduce((sum, value, i) => sum + value * (each[i] as number), 0)).toBeCloseTo(0, 6);
    expect(residuals.reduce((sum, value) => sum + value ** 2, 0)).toBeCloseTo(sse, 6);
    expect(leastSquares(y, [a, b, c]).sse).toBeLessThanOrEqual(sse * (1 + 1e-12));
    const share = partialR2(y, [c], [a, b]);
    expect(share >= 0 && share <= 1).toBe(true);
  }));

const slope = fc.constantFrom(-0.3, 7, 200);
test('what is a linear function of its columns is fitted exactly, and what they leave is a share of 1 or nothing', () =>
  forRegressions(fc.tuple(slope, slope), (_, [a, b, c], [of, by]) => {
    const y = a.map((value, i) => 2 + of * value + by * (b[i] as number));
    const fit = leastSquares(y, [a, b]);
    for (const [j, known] of [2, of, by].entries())
      expect(Math.abs((fit.coefficients[j] as number) - known)).toBeLessThan(
        1e-9 * Math.max(Math.abs(of), Math.abs(by), 2),
      );
    expect(fit).toMatchObject({ sse: 0, r2: 1 });
    expect(partialR2(y, [a], [b, c])).toBe(1);
    expect(() => partialR2(y, [c], [a, b])).toThrow(/expected: .*leave something[\s\S]*got: a linear function of zs/);
  }));

const y = [1, 3, 2, 5, 4];
const x = [0.1, 0.2, 0.3, 0.4, 0.5];
test.each([
  ['too few rows', [1, 2], [[1, 3]], /its rows[\s\S]*at least 3, for 2 coefficients[\s\S]*got: 2/],
  ['a constant y', [0.3, 0.1 + 0.2, 0.8 - 0.5, 0.3, 0.3], [x], /y[\s\S]*numbers that vary/],
  ['a constant column', y, [x, [0.3, 0.1 + 0.2, 0.8 - 0.5, 0.3, 0.3]], /column 1[\s\S]*got: a constant/],
  ['a column twice', y, [x, x.map((value) => 1 - 3 * value)], /column 1[\s\S]*linear combination/],
  [
    'a sum of columns',
    y,
    [x, y, y.map((value, i) => value / 3 - (x[i] as number))],
    /column 2[\s\S]*linear combination/,
  ],
  ['a short column', y, [[1, 2, 3]], /column 0[\s\S]*5 numbers[\s\S]*got: 3/],
])('%s cannot be regressed', (_, of, columns, message) => {
  expect(() => leastSquares(of, columns)).toThrow(InputError);
  expect(() => leastSquares(of, columns)).toThrow(message);
});

test('nothing to ask for, and numbers that are not finite, are refused', () => {
  expect(() => partialR2(y, [], [x])).toThrow(/xs[\s\S]*got: none/);
  expect(() => leastSquares(y, [[1, Number.NaN, 3, 4, 5]])).toThrow(InvariantError);
  expect(() => leastSquares([...y.slice(1), Number.POSITIVE_INFINITY], [x])).toThrow(InvariantError);
  expect(() =>
    leastSquares(
      y.map((value) => value * 1e200),
      [x],
    ),
  ).toThrow(/residual sum of squares/);
});
