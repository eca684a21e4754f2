import { expect, test } from 'vitest';
import { type Rng, stream } from '../core/rng.ts';
import { meanInterval } from '../stats/paired.ts';
import { decide, equivalentWithin, greaterThan, type Prediction, type Verdict } from './verdict.ts';

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

test('drifts are skewed: intervals of exponential differences still miss in at most 8 % of studies at n = 12', () => {
  const { supported, refuted } = verdicts(
    greaterThan(0),
    12,
    (rng) => -Math.log(1 - rng.uniform()) + Math.log(1 - rng.uniform()),
  );
  expect(supported + refuted).toBeLessThan(0.08);
});
