/** The statistics that judge claims, for studies of one's own. */
export { bcaInterval } from './bootstrap.ts';
export { hedgesGav, hedgesGz } from './effect-size.ts';
export { type EquivalenceTest, equivalenceTest } from './equivalence.ts';
export { holm } from './multiplicity.ts';
export { normalCdf } from './normal.ts';
export {
  type Alternative,
  type Interval,
  type MeanInterval,
  meanInterval,
  type TTest,
  tInterval,
  tTest,
  tTestOf,
} from './paired.ts';
export { type SignFlipTest, signFlipTest } from './permutation.ts';
export { equivalencePower, minimumDetectableEffect, tTestPower } from './power.ts';
export { minimumDetectableShare, wilson } from './proportion.ts';
export { type RankCorrelation, spearman } from './rank.ts';
export { type LinearFit, leastSquares, partialR2 } from './regression.ts';
export { type Summary, summarise } from './sample.ts';
export { skewness } from './skewness.ts';
