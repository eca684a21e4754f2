import { skewWarning } from '../../src/claims/skew.ts';
import {
  decide,
  equivalentWithin,
  greaterThan,
  lessThan,
  type Prediction,
  type Verdict,
} from '../../src/claims/verdict.ts';
import { stream } from '../../src/core/rng.ts';
import type { Interval } from '../../src/stats/paired.ts';
import type { Candidate } from './candidates.ts';
import type { Law } from './laws.ts';

/** How often something came out, of studies of n replicates of one law, judged by one candidate's intervals; shares. */
export interface Rates {
  /** The 95 % interval holds the true mean. */
  readonly coverage: number;
  /** It lies wholly below, or wholly above, the true mean: 'less' or 'greater' is supported with its margin there. */
  readonly below: number;
  readonly above: number;
  /** An equivalence is supported whose true mean lies on its upper bound, on its lower bound. */
  readonly equivalentAtUpper: number;
  readonly equivalentAtLower: number;
  /** 'greater' is supported of a true mean 1 sd above its margin, 'less' of one 1 sd below. */
  readonly powerUp: number;
  readonly powerDown: number;
  /** Of the errors at the margin (below and above), and of the sound decisions at 1 sd, those that come with a warning. */
  readonly errorsWarned: number | null;
  readonly decisionsWarned: number | null;
}

/** Half-width of the equivalence whose bounds the true mean is put on, in standard deviations. */
const EQUIVALENCE = 2;

/** Rates over `studies` simulated studies, drawn by a stream of the law's name and n: each row is the same whatever else is run. */
export function calibrate(law: Law, n: number, studies: number, candidate: Candidate): Rates {
  const rng = stream(1, 'calibration', law.name, n);
  const resamples = stream(1, 'calibration', law.name, n, 'resamples');
  const counts = { below: 0, above: 0, upper: 0, lower: 0, up: 0, down: 0, errors: 0, sound: 0 };
  for (let study = 0; study < studies; study++) {
    const values = Array.from({ length: n }, () => law.draw(rng));
    const intervals = candidate.intervals(values, resamples);
    const [outer, inner] = [intervals(0.95), intervals(0.9)];
    // The same study with its true mean at `mean`.
    const verdictAt = (mean: number, prediction: Prediction): Verdict =>
      decide(prediction, moved(outer, mean), moved(inner, mean));
    const warned = (mean: number, prediction: Prediction, verdict: Verdict): number =>
      skewWarning(
        values.map((value) => value + mean),
        prediction,
        verdict,
      ) === null
        ? 0
        : 1;
    const [above, up] = [verdictAt(0, greaterThan(0)), verdictAt(1, greaterThan(0))];
    const down = verdictAt(-1, lessThan(0));
    if (above === 'supported') counts.above++;
    if (above === 'refuted') counts.below++;
    counts.errors += warned(0, greaterThan(0), above);
    if (up === 'supported') counts.up++;
    if (down === 'supported') counts.down++;
    if (up === 'supported') counts.sound += warned(1, greaterThan(0), up);
    if (down === 'supported') counts.sound += warned(-1, lessThan(0), down);
    if (verdictAt(EQUIVALENCE, equivalentWithin(EQUIVALENCE)) === 'supported') counts.upper++;
    if (verdictAt(-EQUIVALENCE, equivalentWithin(EQUIVALENCE)) === 'supported') counts.lower++;
  }
  const { below, above, up, down } = counts;
  const of = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  return {
    coverage: 1 - (below + above) / studies,
    below: below / studies,
    above: above / studies,
    equivalentAtUpper: counts.upper / studies,
    equivalentAtLower: counts.lower / studies,
    powerUp: up / studies,
    powerDown: down / studies,
    errorsWarned: of(counts.errors, below + above),
    decisionsWarned: of(counts.sound, up + down),
  };
}

const moved = ({ low, high, level }: Interval, by: number): Interval => ({ low: low + by, high: high + by, level });
