import { finite, InputError } from '../core/errors.ts';
import { largestOf, ROUNDING } from './rounding.ts';

type Numbers = readonly number[];

/** A linear model y = b0 + sum_j b_j x_j, fitted to n rows by ordinary least squares. */
export interface LinearFit {
  /** b0, then one for each column in its order, in the unit of y over that of the column, [1 + k]. */
  readonly coefficients: Numbers;
  /** Residual sum of squares, sum (y - fitted)^2, in the unit of y squared. */
  readonly sse: number;
  /** 1 - sse / sum (y - mean y)^2, in [0, 1]: the share of the variation of y that the columns explain. */
  readonly r2: number;
}

/** A column of which no larger share is left beside the columns before it is a linear combination of them. */
const COLLINEAR = 1e-10;

/**
 * Ordinary least squares of y [n] on k columns [k][n] and an intercept: QR of the centred columns by Gram-Schmidt, each projected
 * twice. Residuals of at most 1e-12 of the largest |y| are rounding and count as 0. Throws `InputError` on a column of another
 * length than y, below k + 2 rows, on a constant y, and on a column that is constant or a linear combination of those before it;
 * `InvariantError` on a number that is not finite. Source: Giraud, Langou and Rozloznik 2005 (doi 10.1016/j.camwa.2005.08.009).
 * Oracle: statsmodels `OLS(y, add_constant(x)).fit()`.
 */
export function leastSquares(y: Numbers, columns: readonly Numbers[]): LinearFit {
  checkRows(y, columns);
  const total = deviations(y);
  if (largestOf(total) === 0) throw unfit('y', 'numbers that vary', 'a constant', 'leave this analysis out');
  // Of each column its parts along the orthonormal ones before, then what is left of it: a column of R.
  const basis: Numbers[] = [];
  const triangle = columns.map((column, j) => {
    const own = deviations(column);
    const { parts, rest } = projected(own, basis);
    const left = Math.hypot(...rest);
    if (left <= COLLINEAR * Math.hypot(...own)) {
      const got = largestOf(own) === 0 ? 'a constant' : 'a linear combination of the columns before it';
      throw unfit(`column ${j}`, 'a column of its own', got, 'leave it out: the others say it already');
    }
    basis.push(rest.map((value) => value / left));
    return [...parts, left];
  });
  const { parts, rest } = projected(total, basis);
  const slopes = [...parts];
  for (const j of [...parts.keys()].reverse()) {
    const [along, own] = [triangle[j] as Numbers, (slopes[j] as number) / ((triangle[j] as Numbers)[j] as number)];
    slopes[j] = own;
    for (let i = 0; i < j; i++) slopes[i] = (slopes[i] as number) - own * (along[i] as number);
  }
  const intercept = columns.reduce((sum, column, j) => sum - (slopes[j] as number) * mean(column), mean(y));
  const error = largestOf(rest) <= ROUNDING * largestOf(y) ? 0 : Math.hypot(...rest);
  return {
    coefficients: [intercept, ...slopes].map((each, j) => finite(each, `coefficient ${j} of a regression`)),
    sse: finite(error ** 2, 'a residual sum of squares'),
    r2: Math.max(0, 1 - (error / Math.hypot(...total)) ** 2),
  };
}

/**
 * Partial R2 of the columns xs [k][n] given the columns zs [l][n], (SSE(zs) - SSE(zs + xs)) / SSE(zs), in [0, 1]: the share that
 * xs explain of what zs and an intercept leave of y [n]; without zs, R2. Throws as `leastSquares` of zs and then xs, and `InputError`
 * without xs and where zs leave nothing. Oracle: statsmodels `1 - full.ssr / reduced.ssr`.
 */
export function partialR2(y: Numbers, xs: readonly Numbers[], zs: readonly Numbers[]): number {
  if (xs.length === 0) throw unfit('xs', 'at least one column', 'none', 'pass the columns whose share is asked for');
  const all = leastSquares(y, [...zs, ...xs]);
  const reduced = leastSquares(y, zs);
  if (reduced.sse === 0)
    throw unfit('y', 'numbers of which zs leave something to explain', 'a linear function of zs', 'pass fewer zs');
  return Math.max(0, 1 - all.sse / reduced.sse);
}

function checkRows(y: Numbers, columns: readonly Numbers[]): void {
  for (const [j, column] of columns.entries()) {
    if (column.length !== y.length)
      throw unfit(`column ${j}`, `${y.length} numbers, as y has`, `${column.length}`, 'pass one number a row');
  }
  const least = columns.length + 2;
  if (y.length < least)
    throw unfit('its rows', `at least ${least}, for ${least - 1} coefficients`, `${y.length}`, 'take more rows');
  for (const value of [y, ...columns].flat()) finite(value, 'a number to regress');
}

const unfit = (what: string, expected: string, got: string, todo: string): InputError =>
  new InputError(`a regression cannot be made: ${what}`, { expected, got, todo });

const mean = (values: Numbers): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The values less their mean; 0 where they are equal but for rounding. */
function deviations(values: Numbers): Numbers {
  const middle = mean(values);
  const away = values.map((value) => value - middle);
  return largestOf(away) <= ROUNDING * largestOf(values) ? away.map(() => 0) : away;
}

/** The parts of a vector along orthonormal ones, and what is left of it, in two passes: the second takes the rounding of the first. */
function projected(vector: Numbers, basis: readonly Numbers[]): { readonly parts: Numbers; readonly rest: Numbers } {
  const parts = basis.map(() => 0);
  let rest = vector;
  for (const k of [...basis.keys(), ...basis.keys()]) {
    const direction = basis[k] as Numbers;
    const part = rest.reduce((sum, value, i) => sum + value * (direction[i] as number), 0);
    parts[k] = (parts[k] as number) + part;
    rest = rest.map((value, i) => value - part * (direction[i] as number));
  }
  return { parts, rest };
}
