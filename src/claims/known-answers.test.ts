import { beforeEach, expect, test, vi } from 'vitest';
import { provenStatistics } from './known-answers.ts';

const sabotage = vi.hoisted(() => ({ of: '' }));
const when = vi.hoisted(
  () =>
    <Args extends unknown[], Result>(
      name: string,
      sound: (...args: Args) => Result,
      broken: (...args: Args) => Result,
    ) =>
    (...args: Args): Result =>
      sabotage.of === name ? broken(...args) : sound(...args),
);

vi.mock('@stdlib/stats-base-dists-t-quantile', async (load) => {
  const { default: sound } = await load<{ default: (p: number, df: number) => number }>();
  return { default: when('t quantile 0', sound, () => 0) };
});
vi.mock('@stdlib/stats-base-dists-t-cdf', async (load) => {
  const { default: sound } = await load<{ default: (t: number, df: number) => number }>();
  return { default: when('t cdf halved', sound, (...args) => sound(...args) / 2) };
});
vi.mock('@stdlib/stats-base-dists-normal-quantile', async (load) => {
  const { default: sound } = await load<{ default: (p: number, mean: number, sd: number) => number }>();
  return { default: when('normal quantile to two digits', sound, (...args) => Number(sound(...args).toFixed(2))) };
});
vi.mock('simple-statistics', async (load) => {
  const sound = await load<typeof import('simple-statistics')>();
  const { mean, sampleStandardDeviation: sd } = sound;
  return {
    ...sound,
    mean: when('mean of the last', mean, (values) => values.at(-1) as number),
    sampleStandardDeviation: when('deviation to a tenth', sd, (values) => 0.1 * sd(values)),
  };
});
vi.mock('../stats/multiplicity.ts', async (load) => {
  const { holm } = await load<typeof import('../stats/multiplicity.ts')>();
  return { holm: when('Holm does nothing', holm, (p) => [...p]) };
});
vi.mock('../stats/proportion.ts', async (load) => {
  const sound = await load<typeof import('../stats/proportion.ts')>();
  const shifted = (hits: number, n: number, level?: number) => ({ ...sound.wilson(hits, n, level), low: hits / n });
  return { ...sound, wilson: when('Wilson without a lower end', sound.wilson, shifted) };
});
vi.mock('../stats/equivalence.ts', async (load) => {
  const { equivalenceTest } = await load<typeof import('../stats/equivalence.ts')>();
  const smaller: typeof equivalenceTest = (...args) => {
    const sound = equivalenceTest(...args);
    return { ...sound, p: Math.min(sound.pLower, sound.pUpper) };
  };
  return { equivalenceTest: when('TOST takes the smaller p', equivalenceTest, smaller) };
});
vi.mock('../stats/rounding.ts', async (load) => {
  const sound = await load<typeof import('../stats/rounding.ts')>();
  return { ...sound, compare: when('nothing is below a margin', sound.compare, () => 1) };
});
vi.mock('../stats/normal.ts', async (load) => {
  const { normalCdf } = await load<typeof import('../stats/normal.ts')>();
  return { normalCdf: when('normal cdf throws', normalCdf, () => Number(null) || fail()) };
});
vi.mock('./verdict.ts', async (load) => {
  const sound = await load<typeof import('./verdict.ts')>();
  return { ...sound, decide: when('every verdict supports', sound.decide, () => 'supported' as const) };
});

function fail(): never {
  throw new Error('no distribution function');
}

beforeEach(() => {
  sabotage.of = '';
});

test('the statistics of this process agree with their known answers, in well under a second', () => {
  const start = performance.now();
  expect(provenStatistics()).toEqual([]);
  expect(performance.now() - start).toBeLessThan(5000);
});

test.each([
  ['t quantile 0', ['t quantile', 'mean, standard deviation and t interval', 'TOST', 'verdict']],
  ['t cdf halved', ['t distribution function', 't test', 'TOST', 'verdict']],
  ['normal quantile to two digits', ['normal quantile', 'Wilson', 'verdict on a share']],
  ['mean of the last', ['mean, standard deviation and t interval', 't test', 'TOST', 'verdict']],
  ['deviation to a tenth', ['mean, standard deviation and t interval', 't test', 'TOST', 'verdict']],
  ['Holm does nothing', ['Holm']],
  ['Wilson without a lower end', ['Wilson', 'verdict on a share']],
  ['TOST takes the smaller p', ['TOST', 'verdict']],
  ['nothing is below a margin', ['verdict', 'verdict on a share']],
  ['normal cdf throws', ['verdict on a share']],
  ['every verdict supports', ['verdict', 'verdict on a share']],
])('sabotage is found: %s', (of, found) => {
  sabotage.of = of;
  expect(provenStatistics().map((problem) => problem.split(':')[0])).toEqual(found);
});

test('a problem says which case is off, by what, and how many more are', () => {
  sabotage.of = 't quantile 0';
  expect(provenStatistics()[0]).toMatch(
    /^t quantile: of 0\.005 at 1 df is 0, its known answer is -63\.65\d+ \(and 19 more\)$/,
  );
});
