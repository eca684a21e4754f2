import { AT, claim, equivalentWithin, repeated, rl, spreadAt } from '../src/index.ts';

/**
 * H0f  A/A: two runs of the same RL from one base, on other draws, spread as far to bystanders on other topics.
 * Prediction  spread(RL, s = 1, again) - spread(RL, s = 1) on other topics within +-0.1 (probability of the trained
 *             token)
 * Refuted if  the 95 % interval lies wholly outside +-0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H0f',
    statement: 'RL that is run again on other draws spreads as far',
    from: 'standard',
    family: 'premise',
    estimand: 'spread of a repeated RL at s = 1 less that of the first, in dialogues of bystanders on other topics',
    unit: 'share of probability',
    prediction: equivalentWithin(0.1),
    interest: 0,
    targets: 2,
    arms: { again: repeated(rl({ skill: 1 }), 1), first: rl({ skill: 1 }) },
  },
  ({ again, first }) => spreadAt(again, AT.otherTopics) - spreadAt(first, AT.otherTopics),
);
