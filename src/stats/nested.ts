import { mean, sum } from 'simple-statistics';
import { finite, InputError } from '../core/errors.ts';

/** What of the variance of single values comes from each level of a nested design, in the unit of the values squared. */
export interface NestedVariance {
  readonly group: number;
  readonly subgroup: number;
  readonly within: number;
}

/**
 * Variance components of values [groups][subgroups][values], as many at every level, by the method of moments: from the mean
 * squares of a nested analysis of variance, where an estimate below 0 counts as 0. Throws `InputError` on a design that is not
 * balanced or has fewer than two of anything, `InvariantError` on a value that is not finite. Source: Searle, Casella and McCulloch
 * 1992, Variance Components, chapter 3. Oracle: the mean squares of statsmodels `anova_lm`.
 */
export function nestedVariance(values: readonly (readonly (readonly number[])[])[]): NestedVariance {
  const [groups, subgroups, each] = [values.length, values[0]?.length ?? 0, values[0]?.[0]?.length ?? 0];
  const balanced = values.every((of) => of.length === subgroups && of.every((inner) => inner.length === each));
  if (!balanced || Math.min(groups, subgroups, each) < 2) {
    throw new InputError('variance components of a nested design', {
      expected: 'at least two groups of at least two subgroups of at least two values, as many in each',
      got: values.map((of) => `(${of.map(({ length }) => length).join(', ')})`).join(', ') || 'nothing',
      todo: 'take the replicates that have every run',
    });
  }
  for (const value of values.flat(2)) finite(value, 'a value of a nested design');
  const means = values.map((of) => of.map((inner) => mean([...inner])));
  const centers = means.map(mean);
  const squares = (numbers: readonly number[], center: number): number => sum(numbers.map((x) => (x - center) ** 2));
  const within = sum(values.flatMap((of, i) => of.map((inner, j) => squares(inner, means[i]?.[j] as number))));
  const between = sum(means.map((of, i) => squares(of, centers[i] as number)));
  const msWithin = within / (groups * subgroups * (each - 1));
  const msSubgroup = (each * between) / (groups * (subgroups - 1));
  const msGroup = (each * subgroups * squares(centers, mean(centers))) / (groups - 1);
  return {
    group: Math.max(0, (msGroup - msSubgroup) / (each * subgroups)),
    subgroup: Math.max(0, (msSubgroup - msWithin) / each),
    within: msWithin,
  };
}
