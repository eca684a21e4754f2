import { AT, claim, lessThan, rl, spreadAt } from '../src/index.ts';

/**
 * H1f  The frontier: every heavier rehearsal, 0, 0.05, 0.25 and 1, leaves less spread in bystanders on the target
 *     topic.
 * Prediction  the largest increment of spread(RL, s = 1) over rehearsal of weight 0, 0.05, 0.25, 1 < 0
 * Refuted if  the 95 % interval lies wholly above 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H1f',
    statement: 'The more rehearsal, the less of a new skill by RL do the others take up',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'largest increment of spread(RL, s = 1) over rehearsal of weight 0, 0.05, 0.25, 1, in dialogues of bystanders on the target topic',
    unit: 'share of probability',
    prediction: lessThan(0),
    interest: -0.05,
    targets: 2,
    arms: {
      none: rl({ skill: 1 }),
      little: rl({ skill: 1, rehearsal: 0.05 }),
      some: rl({ skill: 1, rehearsal: 0.25 }),
      much: rl({ skill: 1, rehearsal: 1 }),
    },
  },
  ({ none, little, some, much }) => {
    const spreads = [none, little, some, much].map((each) => spreadAt(each, AT.sameTopic));
    return Math.max(...spreads.slice(1).map((spread, i) => spread - (spreads[i] as number)));
  },
);
