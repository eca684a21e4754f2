import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CANDIDATES, type Candidate } from '../../bench/calibration/candidates.ts';
import { LAWS, type Law } from '../../bench/calibration/laws.ts';
import { comparedRow, decidingRow, SIZES } from '../../bench/calibration/page.ts';
import { calibrate } from '../../bench/calibration/study.ts';
import { type Rng, stream } from '../core/rng.ts';
import { meanInterval } from '../stats/paired.ts';
import { ALPHA, decide, equivalentWithin, greaterThan, judgeMean, type Prediction, type Verdict } from './verdict.ts';

/** Simulated studies a row; the standard error of a share near 0.05 is then 0.002. */
const STUDIES = 10_000;

/** How often each verdict is given over simulated studies of n replicates drawn by `draw`. */
function verdicts(prediction: Prediction, n: number, draw: (rng: Rng) => number): Record<Verdict, number> {
  const rng = stream(1, 'calibration', n, prediction.kind);
  const shares = { supported: 0, refuted: 0, inconclusive: 0, 'premise failed': 0 };
  for (let study = 0; study < STUDIES; study++) {
    const values = Array.from({ length: n }, () => draw(rng));
    const verdict = decide(prediction, meanInterval(values).interval, meanInterval(values, 0.9).interval);
    shares[verdict] += 1 / STUDIES;
  }
  return shares;
}

const sizes = [6, 12, 32];

test.each(
  sizes,
)('n = %i: a true mean at the margin is called supported, and refuted, in 2.5 percent of studies', (n) => {
  const { supported, refuted } = verdicts(greaterThan(0.05), n, (rng) => 0.05 + 0.2 * rng.normal());
  for (const share of [supported, refuted]) expect(Math.abs(share - 0.025)).toBeLessThan(0.005);
});

test.each(
  sizes,
)('n = %i: a mean at the bound of equivalence is called equivalent in at most 5 percent of studies', (n) => {
  const { supported } = verdicts(equivalentWithin(0.1), n, (rng) => 0.1 + 0.05 * rng.normal());
  expect(supported).toBeLessThan(0.056);
  expect(supported).toBeGreaterThan(0.03);
});

test.each(
  sizes,
)('n = %i: a planted effect of 3 sd is found and a planted null is never refuted by chance alone', (n) => {
  expect(verdicts(greaterThan(0), n, (rng) => 0.3 + 0.1 * rng.normal()).supported).toBeGreaterThan(0.99);
  const null_ = verdicts(equivalentWithin(0.2), n, (rng) => 0.1 * rng.normal());
  expect(null_.refuted).toBeLessThan(0.001);
  expect(null_.supported).toBeGreaterThan(0.95);
});

test.each(sizes)('n = %i: at its bound an equivalence alone errs in 7.5 percent of studies, in a family in 5', (n) => {
  const rng = stream(1, 'calibration', n, 'family');
  const counts = { alone: 0, family: 0 };
  for (let study = 0; study < STUDIES; study++) {
    const values = Array.from({ length: n }, () => 0.1 + 0.03 * rng.normal());
    const { verdict, pDecided } = judgeMean(values, equivalentWithin(0.1));
    if (verdict !== 'inconclusive') counts.alone += 1 / STUDIES;
    if (pDecided < ALPHA) counts.family += 1 / STUDIES;
  }
  expect(Math.abs(counts.alone - 0.075)).toBeLessThan(0.008);
  expect(Math.abs(counts.family - 0.05)).toBeLessThan(0.007);
});

const law = (name: string): Law => LAWS.find((each) => each.name.startsWith(name)) as Law;
const candidate = (name: string): Candidate => CANDIDATES.find((each) => each.name === name) as Candidate;
const student = candidate("Student's t");

test.each(LAWS)('the law "$name" has mean 0, standard deviation 1 and its skewness', ({ name, skewness, draw }) => {
  const rng = stream(1, 'law', name);
  const draws = Array.from({ length: 200_000 }, () => draw(rng));
  const moment = (power: number): number => draws.reduce((sum, value) => sum + value ** power, 0) / draws.length;
  expect(Math.abs(moment(1))).toBeLessThan(0.01);
  if (skewness === null) return;
  expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
  // The third moment of a lognormal law converges slowly: five of its standard errors.
  const error = Math.sqrt((moment(6) - moment(3) ** 2) / draws.length);
  expect(Math.abs(moment(3) - skewness)).toBeLessThan(5 * error);
});

test.each([
  ['exponential', 6],
  ['exponential', 12],
  ['lognormal, sigma', 6],
  ['lognormal, sigma', 12],
  ['near a ceiling: beta', 6],
  ['near a ceiling: beta', 12],
] as const)('real skew, %s, n = %i: t errs on the side of the longer tail, more than it should, within what is known', (name, n) => {
  const skewed = law(name);
  const { coverage, below, above } = calibrate(skewed, n, 2000, student);
  const [tail, other] = (skewed.skewness as number) > 0 ? [below, above] : [above, below];
  expect(coverage).toBeGreaterThan(0.83);
  expect(coverage).toBeLessThan(0.93);
  expect(tail).toBeGreaterThan(0.06);
  expect(other).toBeLessThan(0.02);
});

test.each(
  LAWS.filter(({ skewness }) => skewness === 0 || skewness === null),
)('symmetric, $name: t holds its level at n = 6 and 12', (symmetric) => {
  for (const n of [6, 12]) expect(calibrate(symmetric, n, 2000, student).coverage).toBeGreaterThan(0.93);
});

test('the warning of skew comes more often where t errs on skewed values than where it is right on normal ones', () => {
  const errs = calibrate(law('near a ceiling: beta'), 12, 2000, student).errorsWarned as number;
  const sound = calibrate(law('normal'), 12, 2000, student).decisionsWarned as number;
  expect(errs).toBeGreaterThan(0.7);
  expect(sound).toBeLessThan(0.25);
});

describe('the published page', () => {
  const page = readFileSync(new URL('../../docs/calibration.md', import.meta.url), 'utf8').split('\n');
  const rows = page.filter((line) => LAWS.some(({ name }) => line.startsWith(`| ${name} |`)));

  test('has a row of the deciding interval and one of each candidate for every law and n', () => {
    expect(rows).toHaveLength(LAWS.length * SIZES.length * (1 + CANDIDATES.length));
  });

  test.each([
    ['normal', 6],
    ['lognormal, sigma', 12],
  ] as const)('says of the interval that decides what the code gives now: %s, n = %i', (name, n) => {
    expect(rows).toContain(decidingRow(law(name), n));
  });

  test.each([
    ['lognormal, sigma', 6, "Hall's transform"],
    ['near a ceiling: beta', 12, "Johnson's t"],
    ['normal', 6, 'bootstrap-t'],
  ] as const)('says of the others what the code gives now: %s, n = %i, %s', (name, n, of) => {
    expect(rows).toContain(comparedRow(law(name), n, candidate(of)));
  });
});
